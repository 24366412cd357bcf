"""Trends: count models of terms over time."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import ArrayLike
from scipy import stats

from reformtext.errors import InputError
from reformtext.terms.frequency import Floats, check_counts, warn

COLUMNS = ["model", "parameter", "rate_ratio", "low", "high", "p", "observations", "dispersion", "dispersion_p", "aic", "chosen"]  # fmt: skip


def _fit(model: Any, **options: Any) -> tuple[Any, str]:
    """Fit a model and return it with the warnings that the optimiser gave."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            fitted = model.fit(disp=0, **options) if "maxiter" in options else model.fit(**options)
        except (np.linalg.LinAlgError, ValueError) as error:
            return None, str(error)
    return fitted, "; ".join(sorted({str(item.message) for item in caught}))


def trend(
    counts: ArrayLike, exposure: ArrayLike, time: ArrayLike, groups: ArrayLike | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Model a term's counts over time.

    ln E[count] = ln exposure + β0 + β1·(time − mean time): exp β1 is the rate ratio per unit of time, exp β0 the rate at
    the mean time. Three models, by statsmodels: ``poisson`` (model errors, right only without overdispersion),
    ``poisson_robust`` (sandwich errors HC1, or clustered by `groups`), ``negative_binomial`` (NB2, variance μ + αμ², α by
    maximum likelihood). Overdispersion is Pearson's χ²/d.f. of the Poisson fit; its p is one-sided, from Cameron &
    Trivedi's regression of ((y − μ)² − y)/μ on μ (1990). `chosen` marks the Poisson model where p is above 0.05, else the
    negative binomial one, or with `groups` the robust one.

    Parameters
    ----------
    counts : array-like
        Occurrences in each text or year.
    exposure : array-like
        Tokens (or characters) that they were counted in.
    time : array-like
        When, as a number: years, say. Years without a text are left out, not given as 0.
    groups : array-like, optional
        What observations belong together (a source, a place): errors are clustered by it.
    confidence : float
        Coverage of the intervals.

    Returns
    -------
    DataFrame
        One row for each model and parameter (``rate``, ``time``; ``alpha`` of the negative binomial, whose column
        rate_ratio holds α itself): model, parameter, rate_ratio, low, high, p, observations, dispersion, dispersion_p, aic, chosen.

    Raises
    ------
    InputError
        If lengths differ, a count is negative or missing, or an exposure is not positive.

    Examples
    --------
    >>> table = trend([10, 20, 40, 80], [1000] * 4, [2000, 2001, 2002, 2003])
    >>> round(float(table.query("model == 'poisson' and parameter == 'time'")["rate_ratio"].iloc[0]), 6)
    2.0
    """
    y, size, when = _observations(counts, exposure, time)
    n = len(y)
    if n < 3 or len(np.unique(when)) < 2 or y.sum() == 0:
        warn("a trend takes three observations, two times and one occurrence at least: the estimates are NaN")
        blank = [{"model": model, "parameter": name, "observations": n, "chosen": False} for model in ("poisson", "poisson_robust", "negative_binomial") for name in ("rate", "time")]
        return pd.DataFrame(blank, columns=COLUMNS)
    design, offset = np.column_stack([np.ones(n), when - when.mean()]), np.log(size)
    poisson, _ = _fit(sm.GLM(y, design, family=sm.families.Poisson(), offset=offset))
    mu = poisson.fittedvalues
    dispersion = float(poisson.pearson_chi2 / (n - 2))
    extra = sm.OLS(((y - mu) ** 2 - y) / mu, mu).fit(cov_type="HC1")
    dispersion_p = float(stats.norm.sf(extra.tvalues[0]))
    shared = {"observations": n, "dispersion": dispersion, "dispersion_p": dispersion_p}
    if groups is None:
        robust, _ = _fit(sm.GLM(y, design, family=sm.families.Poisson(), offset=offset), cov_type="HC1")
    else:
        code, names = pd.factorize(np.asarray(groups))
        if len(code) != n:
            raise InputError(f"{len(code)} groups for {n} counts")
        if len(names) < 2:
            raise InputError("one group cannot show how groups vary", way_out="leave groups out")
        robust, _ = _fit(
            sm.GLM(y, design, family=sm.families.Poisson(), offset=offset), cov_type="cluster", cov_kwds={"groups": code}
        )
    over = dispersion_p <= 0.05
    choice = "poisson" if not over else "negative_binomial"
    rows = _rows(poisson, "poisson", confidence) + _rows(robust, "poisson_robust", confidence)
    negative, trouble = _fit(
        sm.NegativeBinomial(y, design, offset=offset), start_params=[*poisson.params, 0.1], maxiter=500, method="bfgs"
    )
    rows += _rows(negative, "negative_binomial", confidence)
    return pd.DataFrame([{**row, **shared, "chosen": row["model"] == choice} for row in rows], columns=COLUMNS)


def _observations(counts: ArrayLike, exposure: ArrayLike, time: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return counts, exposures and times, checked and of one length."""
    y, size = check_counts(counts, "counts").ravel(), check_counts(exposure, "exposure").ravel()
    when = np.asarray(time, dtype=np.float64).ravel()
    if not len(y) == len(size) == len(when):
        raise InputError(f"{len(y)} counts, {len(size)} exposures and {len(when)} times do not match")
    if (size == 0).any() or not np.isfinite(when).all():
        raise InputError("an exposure is 0 or a time is missing", way_out="leave out the years without a text")
    return y, size, when


def _rows(fitted: Any, model: str, confidence: float) -> list[dict[str, Any]]:
    """Return one row for each parameter of a fitted model."""
    bounds = fitted.conf_int(1 - confidence)
    return [
        {
            "model": model,
            "parameter": name,
            "rate_ratio": float(fitted.params[i] if name == "alpha" else np.exp(fitted.params[i])),
            "low": float(bounds[i][0] if name == "alpha" else np.exp(bounds[i][0])),
            "high": float(bounds[i][1] if name == "alpha" else np.exp(bounds[i][1])),
            "p": float(fitted.pvalues[i]),
            "aic": float(fitted.aic),
        }
        for i, name in enumerate(["rate", "time", "alpha"][: len(fitted.params)])
    ]
