"""Fits scikit-learn's logistic regression on designs that it is given, one a fold, and says its coefficients and scores."""

import json
import sys
import time

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

job = json.load(open(sys.argv[1]))
answers = []
for fit in job["fits"]:
    design = np.fromfile(fit["design"], dtype=np.float64).reshape(-1, fit["count"]).T
    test = np.fromfile(fit["test"], dtype=np.float64).reshape(-1, fit["testCount"]).T
    labels = np.fromfile(fit["labels"], dtype=np.float64)
    # Mean loss + λ (r |β|₁ + (1 − r)/2 |β|₂²) is n λ C = 1.
    penalty = {"l1_ratio": fit["l1Ratio"], "C": 1 / (len(labels) * fit["lambda"])}
    solver = "lbfgs" if fit["l1Ratio"] == 0 else "saga"
    design, test = np.ascontiguousarray(design), np.ascontiguousarray(test)
    started = time.perf_counter()
    model = LogisticRegression(solver=solver, tol=job["tolerance"], max_iter=10000, **penalty).fit(design, labels)
    seconds = time.perf_counter() - started
    model.predict_proba(test)[:, 1].astype(np.float64).tofile(fit["scores"])
    answers.append(
        {"seconds": seconds, "intercept": float(model.intercept_[0]), "coefficients": model.coef_[0].tolist(), "steps": int(model.n_iter_[0])}
    )
row = {}
for size in job["batches"]:
    part = test[:size]
    repeats = max(20, 4000 // size)
    for _ in range(3):
        model.predict_proba(part)
    started = time.perf_counter()
    for _ in range(repeats):
        model.predict_proba(part)
    row[size] = (time.perf_counter() - started) / repeats / size * 1e6
print(json.dumps({"version": sklearn.__version__, "fits": answers, "microsecondsPerRow": row}))
