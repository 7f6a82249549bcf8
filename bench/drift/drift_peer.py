"""Alarms of river's detectors and of evidently on the same columns; see planted-drifts.ts."""

import json
import sys
import time

import numpy as np


def river_alarms(make, columns):
    alarms = []
    for column in columns:
        detector = make()
        own = []
        for row, value in enumerate(column):
            detector.update(float(value))
            if detector.drift_detected:
                own.append(row + 1)
        alarms.append(own)
    return alarms


def evidently_alarms(columns, window, windows):
    """Each window compared with the first ones, as its column test decides by itself."""
    import pandas as pd
    from evidently import DataDefinition, Dataset, Report
    from evidently.metrics import ValueDrift

    alarms = []
    for column in columns:
        definition = DataDefinition(numerical_columns=["x"])
        reference = Dataset.from_pandas(pd.DataFrame({"x": column[: windows * window]}), data_definition=definition)
        own = []
        for at in range(windows * window, len(column) - window + 1, window):
            current = Dataset.from_pandas(pd.DataFrame({"x": column[at : at + window]}), data_definition=definition)
            report = Report([ValueDrift(column="x")], include_tests=True).run(current, reference)
            if any("FAIL" in str(test["status"]) for test in report.dict()["tests"]):
                own.append(at + window)
        alarms.append(own)
    return alarms


def main():
    job = json.load(open(sys.argv[1]))
    columns = np.fromfile(job["file"], dtype=np.float64).reshape(job["streams"], job["rows"])
    import river
    from river import drift

    answer = {"versions": {"river": river.__version__}, "alarms": {}, "cpuSeconds": {}}
    makers = {
        "river ADWIN": drift.ADWIN,
        "river Page-Hinkley": drift.PageHinkley,
    }
    for name, make in makers.items():
        began = time.process_time()
        answer["alarms"][name] = river_alarms(make, columns)
        answer["cpuSeconds"][name] = time.process_time() - began
    try:
        import evidently

        chosen = job["evidently"]
        began = time.process_time()
        found = evidently_alarms(columns[chosen], job["window"], 2)
        answer["cpuSeconds"]["evidently"] = time.process_time() - began
        answer["alarms"]["evidently"] = [None] * len(columns)
        for at, own in zip(chosen, found):
            answer["alarms"]["evidently"][at] = own
        answer["versions"]["evidently"] = evidently.__version__
    except Exception as error:  # It is compared with where it runs.
        answer["withoutEvidently"] = f"{type(error).__name__}: {error}"
    print(json.dumps(answer))


main()
