import { randomUUID } from 'node:crypto'
import type { KafkaClient, TransactionalProducer, TransactionalProducerOptions } from '../client.ts'

/**
 * A transactional producer that is replaced after each failure: initialising the next one ends the transaction left
 * behind.
 */
export interface RenewableProducer {
  readonly transactionalId: string
  /** Returns the initialised producer, with no transaction open. */
  ready(): Promise<TransactionalProducer>
  drop(): Promise<void>
  /**
   * Notes that another owner took the id over and ended a transaction. After several takeovers in a row, the producer
   * continues under a new id.
   */
  takenOver(): void
  /** Notes that a transaction was committed, which resets the count of takeovers. */
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
