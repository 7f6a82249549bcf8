import {
  array,
  double,
  enumeration,
  float,
  record,
  string,
  timestamp,
  type TypeOf,
  type Envelope,
} from '../../schemas/avro/schema.ts'
import { createRegistry, type Registry } from '../../schemas/release/registry.ts'
import { releasedSchemas } from '../../schemas/release/released.ts'
import { topic, type Topic } from '../../schemas/topic.ts'

/** Schemas of SB-S, which every job of the comparison shares. They are not the platform's own. */

export const kinds = ['CARD', 'TRANSFER', 'CASH', 'DEPOSIT', 'FEE', 'INTEREST'] as const

export const BenchTransaction = record('Transaction', 'A movement on an account.', {
  transactionId: string,
  customerId: string,
  accountId: string,
  occurredAt: timestamp,
  amount: double,
  balance: double,
  kind: enumeration('Kind', kinds),
  category: string,
  counterparty: string,
})
export type BenchTransaction = TypeOf<typeof BenchTransaction> & Envelope

export const BenchScore = record('Score', 'A probability with the row that it was made from.', {
  customerId: string,
  transactionId: string,
  occurredAt: timestamp,
  probability: double,
  modelId: string,
  features: array(float),
})
export type BenchScore = TypeOf<typeof BenchScore>

const common = { key: 'customerId', retention: { days: 1 }, graceMs: 0, producer: 'the benchmark' } as const

/** Defines the input topic. `graceMs` 0: event ids are not remembered, since the peer doesn't remember them either. */
export const transactionsTopic = (name: string): Topic<BenchTransaction> =>
  topic<BenchTransaction>({
    ...common,
    name,
    schema: BenchTransaction as unknown as Topic<BenchTransaction>['schema'],
    role: 'input',
    keyOf: (transaction) => transaction.customerId,
  })

export const scoresTopic = (name: string): Topic<BenchScore> =>
  topic<BenchScore>({ ...common, name, schema: BenchScore, role: 'output', keyOf: (score) => score.customerId })

/** Creates a registry with schema ids 1 and 2 for the comparison; the platform's schemas keep their other ids. */
export function benchRegistry(transactions: Topic, scores: Topic): Registry {
  return createRegistry([
    { id: 1, subject: `${transactions.name}-value`, version: 1, schema: transactions.schema.avro },
    { id: 2, subject: `${scores.name}-value`, version: 1, schema: scores.schema.avro },
    ...releasedSchemas.filter(({ id }) => id > 2),
  ])
}
