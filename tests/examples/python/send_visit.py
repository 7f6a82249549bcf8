"""Sends one event as a bank's Python does: with the schema that the registry has, or with one of its own."""

import json
import os
import sys
from datetime import datetime, timezone

from confluent_kafka import Producer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

topic, event = os.environ["TOPIC"], json.loads(sys.argv[1])
event["occurredAt"] = datetime.fromtimestamp(event["occurredAt"] / 1000, timezone.utc)
registry = SchemaRegistryClient({"url": os.environ["API_URL"]})
# Topics of a deployment may have a prefix, which is no part of the subject.
subject = {"subject.name.strategy": lambda _context, _name: "visits-value"}
if len(sys.argv) > 2:
    serialize = AvroSerializer(registry, sys.argv[2], conf={"auto.register.schemas": True, **subject})
else:
    serialize = AvroSerializer(
        registry, conf={"auto.register.schemas": False, "use.latest.version": True, **subject}
    )
value = serialize(event, SerializationContext(topic, MessageField.VALUE))
producer = Producer({"bootstrap.servers": os.environ["KAFKA_BROKERS"]})
producer.produce(topic, key=event["customerId"], value=value)
producer.flush()
