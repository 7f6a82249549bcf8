import { learnableTaskNamed } from '../../subjects/subjects.ts'
import { calibrationNamed } from '../../retrainer/training/tables/out-of-fold-calibration.ts'
import { trainTask } from '../../retrainer/lifecycle/train-task.ts'
import { backboneOf } from '../../composition/training/backbone.ts'
import type { CommandContext } from '../../composition/context.ts'
import { migrateDatabase, withDatabase } from '../../composition/database.ts'
import { createProgress } from '../../composition/training/progress.ts'
import { trainIntents } from '../../composition/retrainer.ts'
import { VERSION } from '../../composition/version.ts'

interface TrainServedOptions {
  readonly algorithm?: string | undefined
  readonly compare: boolean
  readonly calibrate: string
  readonly seed: number
}

/** Trains a task of the platform on served rows and their outcomes. */
export async function trainServed(
  context: CommandContext,
  name: string,
  { algorithm, compare, calibrate, seed }: TrainServedOptions,
): Promise<void> {
  const task = learnableTaskNamed(name)
  await migrateDatabase(context)
  const result = await withDatabase(context, 'train', async (database) => {
    const progress = createProgress(`Training ${name}`, 1, context.log)
    try {
      return await trainTask(task, {
        database,
        codeVersion: VERSION,
        useProtected: context.config.USE_PROTECTED_ATTRIBUTES,
        backbone: backboneOf(context.config),
        seed,
        compare,
        calibrate: calibrationNamed(calibrate),
        ...(algorithm === undefined ? {} : { algorithm }),
        progress: (done, of, loss) => progress.update(done / of, loss),
      })
    } finally {
      progress.stop()
    }
  })
  if (result.kind !== 'trained') {
    const why =
      result.kind === 'one-class'
        ? `all ${result.rows} outcomes are the same`
        : `only ${result.rows} outcomes have a score, and ${result.needed} are needed`
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
