"""Reads scores as they are published, in a process or a notebook of your own: copy this file and
`pip install 'confluent-kafka[avro,schemaregistry]'`.

    KAFKA_BROKERS=127.0.0.1:9092 API_URL=http://127.0.0.1:8080 python3 examples/read_scores.py

It prints one JSON object per line. Two things to keep in mind when you change it:

- After a restart or a rebalance, a consumer in a group gets some records again. So let each score replace the previous
  one of the same task and subject, as an upsert does.
- The API serves the schemas, including those of later releases of the platform. If it asks for keys, give the client of
  the registry one as a static bearer token.
"""

import json
import os
import signal

from confluent_kafka import Consumer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext

TOPIC = os.environ.get("TOPIC_PREFIX", "") + "scores"

registry = SchemaRegistryClient({"url": os.environ.get("API_URL", "http://127.0.0.1:8080")})
deserialize = AvroDeserializer(registry)
consumer = Consumer(
    {
        "bootstrap.servers": os.environ.get("KAFKA_BROKERS", "127.0.0.1:9092"),
        "group.id": os.environ.get("GROUP_ID", "my-scores"),
        "auto.offset.reset": "earliest",
        # Scores of aborted transactions are not shown.
        "isolation.level": "read_committed",
    }
)


def on_score(partition: int, offset: int, score: dict) -> None:
    """Gets every field of docs/topics.md. `probability` is None if there is no score; `absent` then gives the reason."""
    shown = {name: score[name] for name in ("task", "subjectId", "customerId", "probability", "absent")}
    at = score["occurredAt"].isoformat()
    print(json.dumps({"partition": partition, "offset": offset, **shown, "at": at}, ensure_ascii=False), flush=True)


running = True


def stop(*_) -> None:
    global running
    running = False


signal.signal(signal.SIGINT, stop)
signal.signal(signal.SIGTERM, stop)
consumer.subscribe([TOPIC])
try:
    while running:
        message = consumer.poll(0.2)
        if message is None:
            continue
        if message.error():
            raise RuntimeError(message.error())
        if message.value() is not None:
            score = deserialize(message.value(), SerializationContext(TOPIC, MessageField.VALUE))
            on_score(message.partition(), message.offset(), score)
finally:
    consumer.close()
