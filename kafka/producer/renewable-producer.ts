import { randomUUID } from 'node:crypto'
import type { KafkaClient, TransactionalProducer, TransactionalProducerOptions } from '../client.ts'

/** A transactional producer that is replaced after each failure: the next one ends what it has left. */
export interface RenewableProducer {
  readonly transactionalId: string
  /** The producer between two transactions. */
  ready(): Promise<TransactionalProducer>
  drop(): Promise<void>
  /**
   * Another owner took the id and ended a transaction. If that happens several times in a row, this producer continues
   * under a new id.
   */
  takenOver(): void
  /** A transaction was committed: former takeovers no longer count. */
  committed(): void
}

const TAKEOVERS_MAX = 3

export function createRenewableProducer(
  client: KafkaClient,
  ownId: string,
  options: TransactionalProducerOptions,
): RenewableProducer {
  let transactionalId = ownId
  let producer: TransactionalProducer | undefined
  let takeovers = 0

  return {
    get transactionalId() {
      return transactionalId
    },
    async ready() {
      if (producer) return producer
      const made = client.transactionalProducer(transactionalId, options)
      try {
        await made.init()
      } catch (error) {
        await made.close()
        throw error
      }
      producer = made
      return made
    },
    async drop() {
      const old = producer
      producer = undefined
      await old?.close()
    },
    takenOver() {
      if (++takeovers >= TAKEOVERS_MAX) transactionalId = `${ownId}.${randomUUID()}`
    },
    committed: () => void (takeovers = 0),
  }
}
