"""Sphinx settings of the site; `reformtext site` gathers the pages and runs Sphinx on them."""

project = "reformtext"
author = "The reformtext authors"
extensions = ["myst_nb", "sphinx.ext.autodoc", "numpydoc"]
root_doc = "index"
exclude_patterns = ["extra", "_static"]

# The notebooks come executed; `reformtext verify` is what reruns them.
nb_execution_mode = "off"
# A $ is money here, and a formula would fetch MathJax.
myst_enable_extensions: list[str] = []
myst_heading_anchors = 3

autodoc_typehints = "none"
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False

html_theme = "pydata_sphinx_theme"
html_title = "reformtext"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["fonts.js"]
html_extra_path = ["extra"]
# Pages without pages below them need no list of such.
html_sidebars: dict[str, list[str]] = {name: [] for name in ("index", "claims", "terms", "figures")}
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_context = {"default_mode": "auto"}
html_theme_options = {
    "navbar_end": ["theme-switcher"],
    "navbar_persistent": ["search-button"],
    "footer_start": [],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "header_links_before_dropdown": 8,
    "navigation_with_keys": False,
    "show_prev_next": True,
    "search_bar_text": "Search these pages",
    # Both keep the contrast that WCAG's level AA asks for.
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
