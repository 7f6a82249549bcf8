"""Trains LightGBM, XGBoost or CatBoost with its defaults on the splits that it is given, and writes their test rows' scores."""

import json
import sys
import time

import numpy as np
import pandas as pd

job = json.load(open(sys.argv[1]))
width, categorical, is_class = job["width"], job["categorical"], job["kind"] == "classification"
rows = np.fromfile(job["rows"], dtype=np.float32).reshape(-1, width)
labels = np.fromfile(job["labels"], dtype=np.float64)
frame = pd.DataFrame(rows)


def named(column):
    """Codes as categories, as a data frame with names has them."""
    codes = column.fillna(-1).astype(int)
    return pd.Categorical.from_codes(codes, [str(code) for code in range(max(0, codes.max()) + 1)])


def lightgbm():
    import lightgbm as library

    table = frame.copy()
    for column in categorical:
        table[column] = named(table[column])
    made = library.LGBMClassifier if is_class else library.LGBMRegressor
    return library.__version__, table, lambda: made(n_jobs=1, verbose=-1, random_state=1)


def xgboost():
    import xgboost as library

    table = frame.copy()
    for column in categorical:
        table[column] = named(table[column])
    made = library.XGBClassifier if is_class else library.XGBRegressor
    return library.__version__, table, lambda: made(n_jobs=1, random_state=1, enable_categorical=True)


def catboost():
    import catboost as library

    table = frame.copy()
    for column in categorical:
        # It takes names, and a missing one is a name too.
        table[column] = table[column].map(lambda code: "missing" if np.isnan(code) else str(int(code))).astype(object)
    made = library.CatBoostClassifier if is_class else library.CatBoostRegressor
    return library.__version__, table, lambda: made(
        thread_count=1, random_seed=1, verbose=False, allow_writing_files=False, cat_features=categorical
    )


version, table, make = {"lightgbm": lightgbm, "xgboost": xgboost, "catboost": catboost}[job["peer"]]()
seconds = []
for split in job["splits"]:
    train, test = np.fromfile(split["train"], dtype=np.int32), np.fromfile(split["test"], dtype=np.int32)
    started = time.process_time()
    model = make().fit(table.iloc[train], labels[train].astype(int) if is_class else labels[train])
    seconds.append(time.process_time() - started)
    held = table.iloc[test]
    scores = model.predict_proba(held)[:, 1] if is_class else model.predict(held)
    np.asarray(scores, dtype=np.float64).tofile(split["scores"])
print(json.dumps({"version": version, "seconds": seconds}))
