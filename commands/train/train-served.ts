import { learnableTaskNamed } from '../../subjects/subjects.ts'
import { calibrationNamed } from '../../retrainer/training/tables/out-of-fold-calibration.ts'
import { runTraining } from '../../retrainer/lifecycle/run-training.ts'
import type { CommandContext } from '../../composition/context.ts'
import { migrateDatabase, withDatabase } from '../../composition/database.ts'
import { createProgress } from '../../composition/training/progress.ts'
import { trainIntents } from '../../composition/training/train-intents.ts'
import { trainTaskOptions } from '../../composition/training/train-task-options.ts'

interface TrainServedOptions {
  readonly algorithm?: string | undefined
  readonly compare: boolean
  readonly calibrate: string
  readonly seed: number
}

/** A training holds its lock on one connection, and reads rows on another. */
const CONNECTIONS = 3

/** Trains a task of the platform on labelled rows. */
export async function trainServed(
  context: CommandContext,
  name: string,
  { algorithm, compare, calibrate, seed }: TrainServedOptions,
): Promise<void> {
  const task = learnableTaskNamed(name)
  await migrateDatabase(context)
  const result = await withDatabase(
    context,
    'train',
    async (database) => {
      const progress = createProgress(`Training ${name}`, 1, context.log)
      try {
        const trigger = { kind: 'command', why: 'scoreline train', by: null } as const
        return await runTraining(
          task,
          { trigger },
          {
            ...trainTaskOptions(context, database),
            seed,
            compare,
            calibrate: calibrationNamed(calibrate),
            ...(algorithm === undefined ? {} : { algorithm }),
            progress: (done, of, loss) => progress.update(done / of, loss),
          },
        )
      } finally {
        progress.stop()
      }
    },
    CONNECTIONS,
  )
  if (result === undefined)
    throw new Error(`${name} is being trained by another process: \`models trainings\` shows it.`)
  if (result.kind !== 'trained') {
    const why =
      result.kind === 'one-class'
        ? `all ${result.rows} outcomes are the same`
        : `only ${result.rows} outcomes have a row, and ${result.needed} are needed`
    throw new Error(`${name} can't be trained yet: ${why}.`)
  }
  const { artefact, ...shown } = result
  if (compare)
    for (const one of result.candidates)
      context.log(
        'info',
        `${one.algorithm}${one.modelId === result.modelId ? ' (the best)' : ''}: ${metricsInWords(one.metrics)}`,
      )
  context.log('info', `${result.promote ? 'Promoted' : 'Not promoted'}: ${result.reason}`)
  context.print(JSON.stringify({ task: name, bytes: artefact.length, ...shown, scored: undefined }))
}

/** Trains the intent model on the platform's labelled turns. */
export async function trainServedIntents(context: CommandContext, seed: number): Promise<void> {
  await migrateDatabase(context)
  const result = await withDatabase(context, 'train', (database) => trainIntents(context, database, seed))
  if (result.kind === 'too-few')
    throw new Error(
      `intent can't be trained yet: only ${result.turns} turns have a label, and ${result.needed} are needed.`,
    )
  context.log('info', `${result.promote ? 'Promoted' : 'Not promoted'}: ${result.reason}`)
  context.print(JSON.stringify({ task: 'intent', ...result }))
}

function metricsInWords(metrics: Readonly<Record<string, number>>): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${value.toFixed(4)}`)
    .join(', ')
}
