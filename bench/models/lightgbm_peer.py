"""Trains LightGBM on the folds that it is given, one thread, and writes the scores of the rows that each fold left out."""

import json
import sys
import time

import lightgbm as lgb
import numpy as np

job = json.load(open(sys.argv[1]))
width = job["width"]
rows = np.fromfile(job["rows"], dtype=np.float32).reshape(-1, width)
labels = np.fromfile(job["labels"], dtype=np.float64)
categorical = job["categorical"]
parameters = {"num_threads": 1, "verbose": -1, "deterministic": True, "seed": 1, **job["parameters"]}
rounds = job["rounds"]

fits, scores = [], np.full(len(labels), np.nan)
for fold in job["folds"]:
    test = np.fromfile(fold, dtype=np.int32)
    train = np.setdiff1d(np.arange(len(labels)), test)
    if len(train) == 0:
        train = test
    started = time.perf_counter()
    data = lgb.Dataset(rows[train], labels[train], categorical_feature=categorical or "auto", params=parameters).construct()
    binned = time.perf_counter()
    booster = lgb.train(parameters, data, num_boost_round=rounds)
    fits.append({"binSeconds": binned - started, "boostSeconds": time.perf_counter() - binned})
    scores[test] = booster.predict(rows[test], num_threads=1)
scores.tofile(job["scores"])

batches = {}
for size in job.get("batches", []):
    parts = [rows[start : start + size] for start in range(0, min(len(rows), 20000) - size + 1, size)]
    for part in parts:
        booster.predict(part, num_threads=1)
    started = time.perf_counter()
    for part in parts:
        booster.predict(part, num_threads=1)
    batches[size] = (time.perf_counter() - started) / len(parts) / size * 1e6
print(json.dumps({"version": lgb.__version__, "fits": fits, "microsecondsPerRow": batches}))
