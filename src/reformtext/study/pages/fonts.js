// Chromium leaves boxes in a column's first cell where it was set before the font with its characters had come.
"use strict";

const setTablesAnew = () => document.querySelectorAll("table").forEach((table) => {
  table.style.display = "none";
  void table.offsetWidth;
  table.style.display = "";
});
document.fonts.addEventListener("loadingdone", setTablesAnew);
document.fonts.ready.then(setTablesAnew);
