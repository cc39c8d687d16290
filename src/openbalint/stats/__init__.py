"""Estimators: arrays in, frozen results out.

`analyze` and `reliability` put them together as the commands of the same names need them, `audit` judges printed
tables. Every estimator is one function with keyword arguments whose docstring names its formula and the R call that
gives the same number; `docs/statistics/estimators.md` gathers them.
"""
