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

MODELS = ("poisson", "poisson_robust", "negative_binomial")
COLUMNS = ["model", "parameter", "rate_ratio", "low", "high", "p", "observations", "dispersion", "dispersion_p", "aic",
           "chosen"]  # fmt: skip


def _observations(counts: ArrayLike, exposure: ArrayLike, time: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return counts, exposures and times, checked and of one length."""
    given = [values.index for values in (counts, exposure, time) if isinstance(values, pd.Series)]
    for index in given[1:]:
        if not index.equals(given[0]) and index.sort_values().equals(given[0].sort_values()):
            raise InputError("counts, exposure and time are not in one order", way_out="sort them by their index")
    y, size = check_counts(counts, "counts").ravel(), check_counts(exposure, "exposure").ravel()
    try:
        when = np.asarray(time).ravel()
        if when.dtype.kind in "mM":  # of nanoseconds, numpy would make a number
            raise TypeError("a date")
        when = when.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise InputError("a time is no number", way_out="give years, or days since some date") from error
    if not len(y) == len(size) == len(when):
        raise InputError(f"{len(y)} counts, {len(size)} exposures and {len(when)} times do not match")
    if (size == 0).any() or not np.isfinite(when).all():
        raise InputError("an exposure is 0 or a time is missing", way_out="leave out the years without a text")
    return y, size, when


def trend(
    counts: ArrayLike, exposure: ArrayLike, time: ArrayLike, groups: ArrayLike | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Model a term's counts over time.

    ln E[count] = ln exposure + β0 + β1·(time − mean time): exp β1 is the rate ratio per unit of time, exp β0 the rate at
    the mean time. Three models, by statsmodels: ``poisson`` (model errors, too narrow under overdispersion),
    ``poisson_robust`` (sandwich errors, HC1, or clustered by `groups`) and ``negative_binomial`` (NB2, variance
    μ + αμ², by maximum likelihood; errors clustered with `groups`). Overdispersion is Pearson's χ²/d.f. of the Poisson
    fit; its one-sided p comes from Dean's adjusted score test against NB2, Σ((y − μ)² − y + hμ)/√(2Σμ²), h the leverage
    (1992, P′_B). Intervals are Wald's, on the log scale.

    Parameters
    ----------
    counts : array-like
        Occurrences in each text or year.
    exposure : array-like
        Tokens (or characters) that they were counted in.
    time : array-like
        When, as a number (years, say). A year without a text is left out, not given as 0.
    groups : array-like, optional
        What observations belong together (a source, a place).
    confidence : float
        Coverage of the intervals.

    Returns
    -------
    DataFrame
        One row for each model and parameter: model, parameter (``rate``, ``time`` and, for the negative binomial,
        ``alpha``, whose own value stands in rate_ratio), rate_ratio, low, high, p (of a ratio of 1; NaN but for time),
        observations, dispersion, dispersion_p, aic, chosen. Chosen is the Poisson model where dispersion_p is above 0.05,
        else the negative binomial; the robust one in place of the first with `groups`, of the second where it does not
        converge.

    Raises
    ------
    InputError
        If lengths differ, a count is negative or missing, or an exposure is not positive.

    Examples
    --------
    >>> table = trend([10, 20, 40, 80], [1000] * 4, [2000, 2001, 2002, 2003]).set_index(["model", "parameter"])
    >>> round(float(table.loc[("poisson", "time"), "rate_ratio"]), 6)
    2.0
    """
    y, size, when = _observations(counts, exposure, time)
    n = len(y)
    code = np.arange(n) if groups is None else pd.factorize(np.asarray(groups))[0]
    if len(code) != n or (code < 0).any():
        raise InputError("groups does not name one group for each count")
    if n < 3 or len(np.unique(when)) < 2 or (y > 0).sum() < 2 or len(np.unique(code)) < 2:
        warn("a trend takes three observations, two times, two groups if any, and two counts above 0: it is NaN")
        blank = [(model, name, n, False) for model in MODELS for name in ("rate", "time")]
        return pd.DataFrame(blank, columns=["model", "parameter", "observations", "chosen"]).reindex(columns=COLUMNS)
    span = np.ptp(when)
    design, offset = np.column_stack([np.ones(n), (when - when.mean()) / span]), np.log(size)
    model, negative = _poisson(y, design, offset), sm.NegativeBinomial(y, design, offset=offset)
    clusters = {} if groups is None else {"cov_type": "cluster", "cov_kwds": {"groups": code}}
    with warnings.catch_warnings():  # without overdispersion α runs to 0 and the optimiser complains: see `lost`
        warnings.simplefilter("ignore")
        poisson, robust = model.fit(), model.fit(**(clusters or {"cov_type": "HC1"}))
        mu = poisson.fittedvalues
        excess = ((y - mu) ** 2 - y + poisson.get_hat_matrix_diag() * mu).sum() / np.sqrt(2 * (mu**2).sum())
        binomial = negative.fit([*poisson.params, 0.1], method="bfgs", maxiter=1000, disp=0, **clusters)
        rows = [
            row
            for name, fit in zip(MODELS, (poisson, robust, binomial), strict=True)
            for row in _rows(fit, name, span, confidence)
        ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["observations"] = n
    table["dispersion"], table["dispersion_p"] = poisson.pearson_chi2 / (n - 2), stats.norm.sf(excess)
    lost = table["model"] == MODELS[2]
    if binomial.mle_retvals["converged"] and np.isfinite(table.loc[lost, ["low", "high"]]).all(axis=None):
        lost[:] = False
    table.loc[lost, ["rate_ratio", "low", "high", "p", "aic"]] = np.nan
    choice = MODELS[2] if table["dispersion_p"].iloc[0] <= 0.05 else MODELS[groups is not None]
    if choice == MODELS[2] and lost.any():
        warn("the negative binomial model does not converge: the Poisson model with robust errors is chosen")
        choice = MODELS[1]
    table["chosen"] = table["model"] == choice
    return table


def _poisson(y: Floats, design: Floats, offset: Floats) -> Any:
    """Return a Poisson model with an offset, not yet fitted."""
    return sm.GLM(y, design, family=sm.families.Poisson(), offset=offset)


def _rows(fit: Any, model: str, span: float, confidence: float) -> list[dict[str, Any]]:
    """Return one row for each parameter of a model that was fitted to time / span."""
    values = np.column_stack([fit.params, fit.conf_int(1 - confidence)])
    values[1] /= span
    values[:2] = np.exp(values[:2])
    return [
        {"model": model, "parameter": name, "rate_ratio": value, "low": low, "high": high, "aic": fit.aic}
        | {"p": p if name == "time" else np.nan}
        for name, (value, low, high), p in zip(("rate", "time", "alpha"), values, fit.pvalues, strict=False)
    ]


def trend_forms(counts: ArrayLike, exposure: ArrayLike, time: ArrayLike, confidence: float = 0.95) -> pd.DataFrame:
    """Compare forms of change over time: none, log-linear, smooth, and broken at one time.

    Poisson models with the offset ln exposure: ``constant``; ``linear``; ``smooth``, a restricted cubic spline with knots at
    the 5th, 35th, 65th and 95th percentiles of time (Harrell 2015); ``break``, a log-linear trend whose slope changes at
    the time of the highest likelihood, three times at least from both ends. They compare by QAICc (Burnham & Anderson
    2002) with ĉ = Pearson's χ²/d.f. of the smooth form, not below 1; the break's place counts as a parameter. break_low
    and break_high hold the places whose likelihood ratio over ĉ stays below the χ²(1) quantile. Errors are scaled by
    ĉ and take years as independent.

    Parameters
    ----------
    counts, exposure, time : array-like
        As for `trend`.
    confidence : float
        Coverage of the intervals.

    Returns
    -------
    DataFrame
        One row for each form and observation, by time: form, time, rate (per unit of exposure), low, high (of the expected
        rate, given the break's place), qaicc, weight (Akaike's), break_at, break_low, break_high. A form that cannot be
        fitted, as where all early counts are 0, has no rows, nor have times that were not observed.

    Raises
    ------
    InputError
        As for `trend`.

    Examples
    --------
    >>> years = np.arange(1990, 2010)
    >>> table = trend_forms(np.where(years < 2000, 100, 100 * 1.2 ** (years - 2000)).round(), [1e4] * 20, years)
    >>> table.loc[[table["qaicc"].idxmin()], ["form", "break_at"]].to_numpy().tolist()
    [['break', 2000.0]]
    """
    y, size, when = _observations(counts, exposure, time)
    order = np.argsort(when, kind="stable")
    y, offset, when = y[order], np.log(size[order]), when[order]
    distinct, n = np.unique(when), len(y)
    names = ["form", "time", "rate", "low", "high", "qaicc", "weight", "break_at", "break_low", "break_high"]
    if len(distinct) < 8 or (y > 0).sum() < 2:
        warn("forms of change take eight times and two counts above 0 at least: there is no table")
        return pd.DataFrame(columns=names)
    one, x = np.ones(n), (when - when.mean()) / np.ptp(when)

    def fit(*columns: Floats) -> Any:
        return _poisson(y, np.column_stack([one, *columns]), offset)

    k1, k2, k3, k4 = np.quantile(np.unique(x), [0.05, 0.35, 0.65, 0.95])
    cube = [np.maximum(x - knot, 0) ** 3 for knot in (k1, k2, k3, k4)]
    spline = [cube[i] - cube[2] * (k4 - k) / (k4 - k3) + cube[3] * (k3 - k) / (k4 - k3) for i, k in enumerate((k1, k2))]
    places = distinct[3:-3]
    models = {"constant": fit(), "linear": fit(x), "smooth": fit(x, *spline)}
    tables = []
    with warnings.catch_warnings():  # a form that fits to the edge, as where all early counts are 0, is no news
        warnings.simplefilter("ignore")
        broken = [fit(x, np.maximum(when - place, 0) / np.ptp(when)) for place in places]
        likelihood = np.array([_likelihood(model) for model in broken])
        models["break"] = broken[int(likelihood.argmax())]
        found = {name: model for name, model in models.items() if np.isfinite(_likelihood(model))}
        richest = found.get("smooth", models["linear"]).fit()
        scale = np.fmax(1.0, richest.pearson_chi2 / richest.df_resid)
        for name, model in found.items():
            predicted = model.fit(scale=scale).get_prediction(model.exog, offset=np.zeros(n))
            rates = (
                predicted.summary_frame(alpha=1 - confidence)[["mean", "mean_ci_lower", "mean_ci_upper"]].to_numpy().T
            )
            k = model.exog.shape[1] + (name == "break") + (scale > 1)  # the break's place and ĉ are estimated too
            qaicc = -2 * _likelihood(model) / scale + 2 * k + 2 * k * (k + 1) / (n - k - 1)
            row = {"form": name, "time": when, "qaicc": qaicc, "low": rates[1], "high": rates[2], "rate": rates[0]}
            tables.append(pd.DataFrame(row))
    whole = pd.concat(tables, ignore_index=True)
    support = np.exp((whole["qaicc"].min() - whole["qaicc"]) / 2)
    whole["weight"] = support / support.groupby(whole["form"]).first().sum()
    held = places[2 * (likelihood.max() - likelihood) / scale <= stats.chi2.ppf(confidence, 1)]
    whole[names[7:]] = np.nan
    if "break" in found:
        whole.loc[whole["form"] == "break", names[7:]] = places[likelihood.argmax()], held.min(), held.max()
    return whole[names]


def _likelihood(model: Any) -> float:
    """Return the log-likelihood of a model; −∞ where it runs into the edge and cannot be fitted."""
    try:
        return float(np.nan_to_num(model.fit().llf, nan=-np.inf))
    except (ValueError, np.linalg.LinAlgError):  # what statsmodels raises on weights that overflow
        return -np.inf
