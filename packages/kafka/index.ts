/** The package `@scoreline/kafka`: an exactly-once client for Apache Kafka (docs/kafka-client.md). */
export { createKafkaClient } from '../../kafka/kafka-client.ts'
export type * from '../../kafka/client.ts'
export { createAdmin, type Admin } from '../../kafka/admin/admin.ts'
export {
  createPlainProducer,
  type PlainProducer,
  type PlainRecord,
  type RecordPlace,
} from '../../kafka/producer/plain-producer.ts'
export { createGroupCommit, type GroupCommit } from '../../kafka/producer/group-commit.ts'
export { partitionOfBytes, partitionOfKey } from '../../kafka/producer/partition-of-key.ts'
export { decodeValue, keyOf, valueOf, valuesOf } from '../../kafka/records/record-access.ts'
export {
  AuthorizationError,
  ClientClosedError,
  ConnectionLostError,
  DeliveryTimeoutError,
  FencedInstanceError,
  GroupLostError,
  HangingTransactionError,
  IllegalStateError,
  KafkaError,
  ProducerFencedError,
  RecordTooLargeError,
  UnclearCommitError,
  UnsupportedBrokerError,
} from '../../kafka/errors.ts'
