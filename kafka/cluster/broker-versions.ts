import * as wire from '@platformatic/kafka'
import type { Connection } from '@platformatic/kafka'
import { UnsupportedBrokerError } from '../errors.ts'

/** Every request that this client sends, in the only version it uses. */
const REQUEST_VERSIONS = {
  AddOffsetsToTxn: wire.addOffsetsToTxnV4.api,
  AddPartitionsToTxn: wire.addPartitionsToTxnV3.api,
  CreateTopics: wire.createTopicsV7.api,
  DeleteRecords: wire.deleteRecordsV2.api,
  DeleteTopics: wire.deleteTopicsV6.api,
  DescribeConfigs: wire.describeConfigsV4.api,
  DescribeProducers: wire.describeProducersV0.api,
  DescribeTransactions: wire.describeTransactionsV0.api,
  EndTxn: wire.endTxnV4.api,
  Fetch: wire.fetchV17.api,
  FindCoordinator: wire.findCoordinatorV6.api,
  Heartbeat: wire.heartbeatV4.api,
  IncrementalAlterConfigs: wire.incrementalAlterConfigsV1.api,
  InitProducerId: wire.initProducerIdV5.api,
  JoinGroup: wire.joinGroupV9.api,
  LeaveGroup: wire.leaveGroupV5.api,
  ListOffsets: wire.listOffsetsV9.api,
  Metadata: wire.metadataV12.api,
  OffsetFetch: wire.offsetFetchV9.api,
  Produce: wire.produceV11.api,
  SyncGroup: wire.syncGroupV5.api,
  TxnOffsetCommit: wire.txnOffsetCommitV4.api,
} as const

/**
 * Rejects with `UnsupportedBrokerError` if the broker does not support this client’s versions. Without this check, such
 * a broker would just drop connections without an explanation.
 */
export async function checkBrokerVersions(connection: Connection): Promise<void> {
  const { apiKeys } = await wire.apiVersionsV2.api.async(connection, '', '')
  const offered = new Map(apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, { minVersion, maxVersion }]))
  const missing = Object.entries(REQUEST_VERSIONS).filter(([, { key, version }]) => {
    const range = offered.get(key)
    return !range || version < range.minVersion || version > range.maxVersion
  })
  if (missing.length === 0) return
  const each = missing.map(([name, { key, version }]) => {
    const range = offered.get(key)
    return `${name} ${version} (it offers ${range ? `${range.minVersion} to ${range.maxVersion}` : 'none'})`
  })
  const message = `The broker at ${connection.host}:${connection.port} does not speak ${each.join(', ')}. Use Apache Kafka 3.9 or newer`
  throw new UnsupportedBrokerError(message, 'UNSUPPORTED_VERSION', 'fatal')
}
