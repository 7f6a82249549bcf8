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
import { promoteModel } from '../../../../store/models/release-models.ts'
import { learnableTaskNamed } from '../../../../subjects/subjects.ts'
import { putLabelled } from '../../../store/models/put-labelled.ts'
import { outcomeOf, put, scoreOf, START } from '../../../store/store-under-test.ts'
export const task = learnableTaskNamed('call-conversion')
export const { names } = task.features

/** A row whose first number is the signal, whose second is random, and whose other numbers are all 0. */
const rowOf = (signal: number, noise: number) =>
  names.map((_, index) => Math.fround(index === 0 ? signal : index === 1 ? noise : 0))
export const sure = (signal: number) => 1 / (1 + Math.exp(-4 * signal))

interface Customer {
  readonly number: number
  readonly at: number
  readonly row: readonly number[]
  readonly label: number
}

/** Customers from a number on, a quarter of an hour apart. */
export function customers(
  from: number,
  count: number,
  change: (row: number[]) => number[] = (row) => row,
  labelOf = (signal: number, chance: number) => (chance < sure(signal) ? 1 : 0),
): readonly Customer[] {
  const next = random(from + 1)
  return Array.from({ length: count }, (_, index) => {
    const signal = 2 * next() - 1
    const row = change(rowOf(signal, next()))
    return { number: from + index, at: START + (from + index) * 15 * MINUTE_MS, row, label: labelOf(signal, next()) }
  })
}

const noText = { text: null, lineTimes: null }
const about = (number: number) => ({ task: task.task, customerId: `c${number}`, subjectId: `c${number}` })

/** Trains a model on 400 customers, whose rows are stored with their labels, and promotes it. */
export async function released(database: Database): Promise<string> {
  const learned = customers(0, 400)
  await putLabelled(database, {
    scores: learned.map(({ number, row, at }) =>
      scoreOf(number, { ...about(number), ...noText, featureSet: task.features.id, row, occurredAt: at }),
    ),
    outcomes: learned.map(({ number, label, at }) =>
      outcomeOf(`o${number}`, { ...about(number), value: label, occurredAt: at + MINUTE_MS }),
    ),
  })
  const data = trainingSet(
    learned.map((one) => ({ ...one, text: null })),
    names,
  )
  const { artefact, metrics } = await trainChallenger(data, {
    ...{ task: task.task, algorithm: 'logistic', featureSet: task.features.id, seed: 1 },
  })
  const id = createHash('sha256').update(artefact).digest('hex')
  await registerModel(database, {
    ...{ id, task: task.task, algorithm: 'logistic', featureSet: task.features.id, metrics, codeVersion: 'test' },
    artefact: Buffer.from(artefact),
    data: { rows: 400, from: START, newestFrom: learned[250]!.at, to: learned.at(-1)!.at, sha256: 'fingerprint' },
  })
  await promoteModel(database, id, 'first')
  return id
}

/** Stores what the model gives the customers, and their labels. */
export async function serve(
  database: Database,
  modelId: string,
  served: readonly Customer[],
  labels = false,
): Promise<void> {
  const { artefact } = await database
    .selectFrom('models')
    .select('artefact')
    .where('id', '=', modelId)
    .executeTakeFirstOrThrow()
  const data = trainingSet(
    served.map((one) => ({ ...one, text: null })),
    names,
  )
  const model = modelFrom(artefact, modelId)
  const given = await scored((batch, into) => model.score(batch, into), data)
  await put(
    database,
    scores,
    served.map(({ number, row, at }, index) =>
      scoreOf(number, {
        ...noText,
        ...{ ...about(number), occurredAt: at, featureSet: task.features.id, row, probability: given[index]!, modelId },
      }),
    ),
  )
  if (!labels) return
  await put(
    database,
    outcomes,
    served.map(({ number, at, label }) => ({
      ...outcomeOf(`live-${number}`, { ...about(number), subjectId: `call-${number}` }),
      ...firstOutcome,
      ...{ value: label, asOf: at, occurredAt: at + MINUTE_MS },
    })),
  )
}
