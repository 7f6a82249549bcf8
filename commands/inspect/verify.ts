import { join, resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import type { PublishedCount } from '../../streams/verify/report.ts'
import type { DefineCommand } from '../define-command.ts'
import type { Verification } from '../../composition/verify/verify-served.ts'

interface VerifyFlags {
  readonly processors?: string
  readonly partitions?: string
  readonly sample?: number
  readonly seed: number
  readonly recent?: number
  readonly fromArchive: boolean
  readonly at?: Date
  readonly for: number
  readonly directory?: string
  readonly json: boolean
  readonly database: boolean
  readonly allowGaps: boolean
}

/** Defines `scoreline verify`, which replays the inputs and compares the results with what was served. */
export const defineVerify: DefineCommand = (command, context) => {
  command
    .option('--processors <names>', 'only these processors, separated by commas')
    .option('--partitions <numbers>', 'only these partitions, separated by commas')
    .option('--sample <count>', 'verify a random sample of this many tasks; depends on the seed', wholeNumber)
    .option('--seed <number>', 'seed of the sample', wholeNumber, Math.floor(Date.now() / 60_000))
    .option(
      '--recent <seconds>',
      'trust the current state, and verify only what is processed during this many seconds from now',
      wholeNumber,
    )
    .option(
      '--from-archive',
      'read the archive too, and so verify also what retention has deleted from the topics (docs/archive.md)',
      false,
    )
    .option(
      '--at <time>',
      'trust the state in the archive as of this time, such as 2026-03-02T12:00:00Z, and verify what was processed from then on',
      pointInTime,
    )
    .option('--for <seconds>', 'how much of it to verify, with --at', wholeNumber, 60)
    .option(
      '--directory <path>',
      'folder for the state of the replay, about as large as the state of the tasks; deleted at the end',
    )
    .option('--no-database', 'skip PostgreSQL')
    .option('--allow-gaps', 'skip tasks whose inputs or journal have been deleted, instead of failing', false)
    .option('--json', 'print everything as one JSON object', false)
    .action(async (flags: VerifyFlags) => {
      const here = context()
      if (flags.recent !== undefined && (flags.at !== undefined || flags.fromArchive))
        throw new InvalidArgumentError('--recent is about now, --at and --from-archive are about the past: choose one.')
      // Imported here so that --help doesn't load the whole platform.
      const { verifyServed } = await import('../../composition/verify/verify-served.ts')
      const outcome = await verifyServed(here, {
        // The database has only what is the case now.
        database: flags.database && flags.at === undefined,
        allowGaps: flags.allowGaps,
        fromArchive: flags.fromArchive,
        ...(flags.at === undefined
          ? {}
          : { past: { from: flags.at.getTime(), to: flags.at.getTime() + flags.for * 1_000 } }),
        ...(flags.processors === undefined ? {} : { processors: flags.processors.split(',') }),
        ...(flags.partitions === undefined ? {} : { partitions: flags.partitions.split(',').map(Number) }),
        ...(flags.sample === undefined ? {} : { sample: { size: flags.sample, seed: flags.seed } }),
        ...(flags.recent === undefined ? {} : { recentSeconds: flags.recent }),
        ...(flags.directory === undefined
          ? {}
          : { directory: join(resolve(flags.directory), `verify-${process.pid}`) }),
      })
      if (flags.json) here.print(JSON.stringify(outcome))
      else for (const line of summary(outcome)) here.print(line)
      if (!outcome.ok) process.exitCode = 1
    })
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}

function pointInTime(text: string): Date {
  const time = new Date(text)
  // A time without a zone would be another on each machine.
  if (Number.isNaN(time.getTime()) || !/(Z|[+-]\d\d:\d\d)$/.test(text))
    throw new InvalidArgumentError('It must be a time with its zone, such as 2026-03-02T12:00:00Z.')
  return time
}

function summary({ ok, processors: outcomes, database, erased = [] }: Verification): string[] {
  const lines = Object.entries(outcomes).map(([name, { tasks, messages, deadLetters }]) => {
    const sum = (number: (task: (typeof tasks)[number]) => number) =>
      tasks.reduce((total, task) => total + number(task), 0)
    const gaps = tasks.filter(({ gap }) => gap !== undefined).length
    return (
      `${name}: ${sum((task) => task.transactions)} transactions, ${sum((task) => task.inputs)} records read; ` +
      `${sum((task) => task.state.compared)} of state, ${sum((task) => task.state.different)} different; ` +
      `published ${shown(messages)}; dead letters ${shown(deadLetters)}${gaps > 0 ? `; ${gaps} tasks not verifiable` : ''}`
    )
  })
  if (database !== undefined) {
    const { compared, different, unexplained } = database
    const others = unexplained > 0 ? `, ${unexplained} whose events have been deleted or are not written yet` : ''
    lines.push(`database: ${compared} rows, ${different} different${others}`)
  }
  for (const digest of new Set([...(database?.erased ?? []), ...erased])) lines.push(`  erased: ${digest}`)
  const differences = [
    ...Object.values(outcomes).flatMap((outcome) => outcome.differences),
    ...(database?.differences ?? []),
  ]
  for (const { place, expected, got } of differences) lines.push(`  ${place}: expected ${expected}, got ${got}`)
  const gaps = Object.values(outcomes).flatMap(({ tasks }) => tasks.filter(({ gap }) => gap !== undefined))
  for (const { processor, partition, gap } of gaps) lines.push(`  ${processor}/${partition} cannot be verified ${gap}`)
  lines.push(
    ok
      ? 'Everything that was served matches the replay of the inputs.'
      : 'What was served does NOT match the replay of the inputs, or can’t be verified.',
  )
  return lines
}

function shown({ compared, different, missing, extra, deleted }: PublishedCount): string {
  const counts = { different, missing, 'too many': extra, 'deleted by retention': deleted }
  const others = Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [`, ${count} ${name}`] : []))
  return `${compared}${others.join('')}`
}
