"""Writes data sets that Python packages carry as CSV files: two of scikit-learn, one of statsmodels."""

import json
import sys
from pathlib import Path

from sklearn.datasets import load_breast_cancer, load_diabetes
from statsmodels.datasets import fair

folder = Path(json.load(open(sys.argv[1]))["folder"])
for name, load in {"breast_cancer": load_breast_cancer, "diabetes": load_diabetes}.items():
    load(as_frame=True).frame.to_csv(folder / f"{name}.csv", index=False)
affairs = fair.load_pandas().data
affairs["affairs"] = (affairs["affairs"] > 0).map({True: "yes", False: "no"})
affairs.to_csv(folder / "fair.csv", index=False)
print("{}")
