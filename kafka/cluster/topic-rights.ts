import { metadataV12 } from '@platformatic/kafka'
import { partialResponse } from '../admin/partial-response.ts'
import type { Cluster } from './cluster.ts'
import { errorOfCode } from '../errors.ts'

/** Bit of `AclOperation.WRITE` in the authorized operations of a topic (KIP-430). */
const WRITE = 1 << 4
const TOPIC_AUTHORIZATION_FAILED = 29

/** Rejects with `AuthorizationError` if this principal may not write to the topic. Writes nothing. */
export async function requireWritable(cluster: Cluster, topic: string): Promise<void> {
  const where = `Rights on ${topic}`
  const { topics } = await cluster.callAny({ where }, (connection) =>
    metadataV12.api.async(connection, [topic], false, true).catch(partialResponse<metadataV12.MetadataResponse>),
  )
  const [found] = topics
  if (found === undefined) return
  if (found.errorCode !== 0) throw errorOfCode(found.errorCode, where)
  if ((found.topicAuthorizedOperations & WRITE) === 0) throw errorOfCode(TOPIC_AUTHORIZATION_FAILED, where)
}
