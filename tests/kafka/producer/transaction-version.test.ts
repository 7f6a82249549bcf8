import type { Connection } from '@platformatic/kafka'
import { createCluster } from '../../../kafka/cluster/cluster.ts'
import { finalizedTransactionVersion } from '../../../kafka/producer/transaction-version.ts'
import { brokers } from '../kafka-under-test.ts'

interface Offer {
  /** Finalised level of the feature; `undefined`: the broker does not know the feature. */
  readonly level?: number
  readonly produce?: number
  readonly endTxn?: number
  readonly txnOffsetCommit?: number
}

/** A connection to a broker of another release, which offers these versions. */
function offering({ level, produce = 12, endTxn = 5, txnOffsetCommit = 5 }: Offer): Connection {
  const answer = {
    apiKeys: [
      { apiKey: 0, minVersion: 0, maxVersion: produce },
      { apiKey: 26, minVersion: 0, maxVersion: endTxn },
      { apiKey: 28, minVersion: 0, maxVersion: txnOffsetCommit },
    ],
    finalizedFeatures:
      level === undefined ? [] : [{ name: 'transaction.version', minVersionLevel: level, maxVersionLevel: level }],
  }
  const send = (...parameters: unknown[]): void =>
    (parameters.at(-1) as (error: null, response: unknown) => void)(null, answer)
  return { send } as unknown as Connection
}

describe('transaction version', () => {
  it.each<[Offer, 1 | 2]>([
    [{ level: 2 }, 2],
    [{ level: 3, produce: 13 }, 2],
    [{ level: 1 }, 1],
    [{ level: 0 }, 1],
    [{}, 1],
    [{ level: 2, endTxn: 4 }, 1],
    [{ level: 2, produce: 11 }, 1],
    [{ level: 2, txnOffsetCommit: 4 }, 1],
  ])('%j → %d', async (offer, version) => {
    await expect(finalizedTransactionVersion(offering(offer))).resolves.toBe(version)
  })

  it('is 2 with the broker of these tests', async () => {
    const cluster = createCluster({ brokers, clientId: 'transaction-version-test' })
    const node = await cluster.coordinatorOf('transaction', 'any')
    await expect(
      cluster.call(node, { channel: 'any', where: 'ApiVersions' }, finalizedTransactionVersion),
    ).resolves.toBe(2)
    await cluster.close()
  })
})
