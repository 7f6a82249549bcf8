"""A feature store of Feast with one feature view of customers, in SQLite: its local online store."""
import json
import os
import sys
from datetime import timedelta

import numpy
import pandas
from feast import Entity, FeatureService, FeatureStore, FeatureView, Field, FileSource
from feast.types import Float32
from feast.value_type import ValueType

with open(sys.argv[1]) as file:
    job = json.load(file)
folder, names, count = job["folder"], job["names"], job["customers"]
os.makedirs(folder, exist_ok=True)
with open(os.path.join(folder, "feature_store.yaml"), "w") as file:
    file.write(
        "project: bench\n"
        "provider: local\n"
        f"registry: {folder}/registry.db\n"
        "online_store:\n"
        "  type: sqlite\n"
        f"  path: {folder}/online.db\n"
        "offline_store:\n"
        "  type: file\n"
        "entity_key_serialization_version: 3\n"
    )
rows = numpy.random.default_rng(1).random((count, len(names)), dtype=numpy.float32)
frame = pandas.DataFrame(rows, columns=names)
frame.insert(0, "customer_id", [f"c{number}" for number in range(count)])
frame["event_timestamp"] = pandas.Timestamp.now(tz="UTC")
source = os.path.join(folder, "features.parquet")
frame.to_parquet(source)

store = FeatureStore(repo_path=folder)
customer = Entity(name="customer", join_keys=["customer_id"], value_type=ValueType.STRING)
view = FeatureView(
    name="customer",
    entities=[customer],
    schema=[Field(name=name, dtype=Float32) for name in names],
    source=FileSource(path=source, timestamp_field="event_timestamp"),
    ttl=timedelta(days=3650),
)
store.apply([customer, view, FeatureService(name="all", features=[view])])
store.write_to_online_store("customer", df=frame)
print(json.dumps({"written": count}))
