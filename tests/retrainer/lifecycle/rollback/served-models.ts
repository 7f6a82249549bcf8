import { createHash } from 'node:crypto'
import { modelFrom } from '../../../../models/artefact.ts'
import { random } from '../../../../models/random.ts'
import { trainChallenger } from '../../../../retrainer/lifecycle/challenger.ts'
import { scored } from '../../../../retrainer/lifecycle/scored.ts'
import { trainingSet } from '../../../../retrainer/lifecycle/training-set.ts'
import { MINUTE_MS } from '../../../../schemas/durations.ts'
import { firstOutcome, outcomes } from '../../../../schemas/models/outcomes.ts'
import { scores } from '../../../../schemas/models/scores.ts'
import type { Database } from '../../../../store/database.ts'
import { registerModel } from '../../../../store/models/models.ts'
import { learnableTaskNamed } from '../../../../subjects/subjects.ts'
import { outcomeOf, put, scoreOf, START } from '../../../store/store-under-test.ts'

export const served = learnableTaskNamed('call-conversion')

const rowOf = (signal: number) => served.features.names.map((_, index) => (index === 0 ? Math.fround(signal) : 0))

/** Trains and registers a model whose scores rise with the first number, or fall with a negative `strength`. */
export async function registerServed(database: Database, strength: number): Promise<string> {
  const next = random(3)
  const rows = Array.from({ length: 200 }, (_, at) => {
    const signal = 2 * next() - 1
    return { row: rowOf(signal), text: null, at, label: next() < 1 / (1 + Math.exp(-strength * signal)) ? 1 : 0 }
  })
  const options = { task: served.task, algorithm: 'logistic', featureSet: served.features.id, seed: 1 }
  const { artefact, metrics } = await trainChallenger(trainingSet(rows, served.features.names), options)
  const id = createHash('sha256').update(artefact).digest('hex')
  await registerModel(database, {
    ...{ id, task: served.task, algorithm: 'logistic', featureSet: served.features.id, metrics, codeVersion: 'test' },
    artefact: Buffer.from(artefact),
    data: { rows: 200, from: 0, to: 199, sha256: 'fingerprint' },
  })
  return id
}

/** Stores what the model scored for customers, and outcomes that follow the first number. */
export async function serve(
  database: Database,
  modelId: string,
  { from = 0, count = 50, labels = false }: { from?: number; count?: number; labels?: boolean } = {},
): Promise<void> {
  const { artefact } = await database
    .selectFrom('models')
    .select('artefact')
    .where('id', '=', modelId)
    .executeTakeFirstOrThrow()
  const next = random(from + 1)
  const signals = Array.from({ length: count }, () => 2 * next() - 1)
  const { rows, texts, width } = trainingSet(
    signals.map((signal, at) => ({ row: rowOf(signal), text: null, label: 0, at })),
    served.features.names,
  )
  const model = modelFrom(artefact, modelId)
  const given = await scored((batch, into) => model.score(batch, into), { count, width, rows, texts })
  const about = (index: number) => ({ task: served.task, customerId: `c${from + index}` })
  const at = (index: number) => START + (from + index) * MINUTE_MS
  await put(
    database,
    scores,
    signals.map((signal, index) =>
      scoreOf(from + index, {
        ...about(index),
        subjectId: `c${from + index}`,
        occurredAt: at(index),
        ...{ featureSet: served.features.id, row: rowOf(signal), probability: given[index]!, modelId },
      }),
    ),
  )
  if (!labels) return
  await put(
    database,
    outcomes,
    signals.map((signal, index) => ({
      ...outcomeOf(`o${from + index}`, { ...about(index), subjectId: `call-${from + index}` }),
      ...firstOutcome,
      ...{ value: signal > 0 ? 1 : 0, asOf: at(index), occurredAt: at(index) + MINUTE_MS },
    })),
  )
}
