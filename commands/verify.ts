import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { InvalidArgumentError } from 'commander'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import type { Processor } from '../processors/processor.ts'
import { processors } from '../processors/processors.ts'
import { openScoringRuntimes } from '../runtimes/scoring-runtimes.ts'
import { DAY_MS } from '../schemas/durations.ts'
import { topics } from '../schemas/topics.ts'
import type { Topic } from '../schemas/topic.ts'
import { openDatabase } from '../store/database.ts'
import { createGlobalsSource } from '../streams/verify-globals.ts'
import type { PublishedCount } from '../streams/verify-report.ts'
import { differencesOf } from '../streams/verify-task.ts'
import { verifyProcessor, type ProcessorVerification } from '../streams/verify-processor.ts'
import type { CommandContext, DefineCommand } from './context.ts'
import { backboneOf } from './backbone.ts'
import { modelLoader } from './engine.ts'
import { clientOptions, namingOf, openRegistry } from './kafka.ts'
import { processorNamed } from './processor-named.ts'
import { databaseUrlOf } from './services.ts'
import { sampleTasks } from './verify-sample.ts'
import { verifyDatabase, type DatabaseVerification } from './verify-database.ts'

export interface VerifyRequest {
  /** Default: all. */
  readonly processors?: readonly string[]
  /** Default: all. */
  readonly partitions?: readonly number[]
  /** Only so many of these tasks; which ones, the seed says. */
  readonly sample?: { readonly size: number; readonly seed: number }
  /** Not from the first transaction on, but what is done in so many seconds from now. */
  readonly recentSeconds?: number
  readonly database: boolean
  /** A task whose inputs are no longer there counts as verified. */
  readonly allowGaps: boolean
  /** For the states of the replay. Default: a folder of this process under `DATA_DIRECTORY`. */
  readonly directory?: string
}

export interface Verification {
  readonly ok: boolean
  readonly processors: Readonly<Record<string, ProcessorVerification>>
  readonly database?: DatabaseVerification
}

/** Verifies what the processors have served; throws only where verifying itself is not possible. */
export async function verifyServed(context: CommandContext, request: VerifyRequest): Promise<Verification> {
  const { config, log, stopped } = context
  const client = createKafkaClient(clientOptions(config, 'verify'))
  const runtimes = openScoringRuntimes({ backbone: backboneOf(config) })
  const directory = request.directory ?? resolve(config.DATA_DIRECTORY, `verify-${process.pid}`)
  try {
    const naming = namingOf(config)
    const registry = await openRegistry(config, log)
    const named = request.processors?.map(processorNamed) ?? processors
    const names = [...topics.map((topic) => naming.topic(topic as Topic)), ...named.map((one) => naming.changelog(one))]
    const described = await client.describeTopics(names)
    const found = new Map(described.map((topic) => [topic.name, topic]))
    const partitionCountOf = (topic: string) => found.get(topic)?.partitionCount ?? 1
    const topicIdOf = (topic: string) => found.get(topic)?.topicId ?? ''
    const all = named.map((processor) => ({ processor, partitions: partitionsOf(processor) }))
    const chosen = request.sample === undefined ? all : sampleTasks(all, request.sample.size, request.sample.seed)
    const globals = createGlobalsSource({ client, naming, registry, processors, loadModel: modelLoader(runtimes) })
    const seconds = request.recentSeconds
    const outcomes: Record<string, ProcessorVerification> = {}
    for (const { processor, partitions } of chosen) {
      outcomes[processor.name] = await verifyProcessor({
        client,
        naming,
        registry,
        processor,
        processors,
        partitions,
        partitionCountOf,
        topicIdOf,
        globals,
        directory,
        signal: stopped,
        log: (line) => log('info', line),
        ...(seconds === undefined ? {} : { recent: () => delay(seconds * 1_000, undefined, { signal: stopped }) }),
      })
    }
    const database = request.database ? await compareWithDatabase() : undefined
    const ok = Object.values(outcomes).every((outcome) => isRight(outcome, request.allowGaps)) && (database?.different ?? 0) === 0
    return { ok, processors: outcomes, ...(database === undefined ? {} : { database }) }

    function partitionsOf(processor: Processor): readonly number[] {
      const count = partitionCountOf(naming.changelog(processor))
      const outside = request.partitions?.find((partition) => !Number.isInteger(partition) || partition < 0 || partition >= count)
      if (outside !== undefined)
        throw new Error(`There is no partition ${outside} of ${processor.name}: it has 0 to ${count - 1}. Change --partitions.`)
      return request.partitions ?? [...Array(count).keys()]
    }

    async function compareWithDatabase(): Promise<DatabaseVerification> {
      const pool = openDatabase({ url: databaseUrlOf(config), poolMax: 1 })
      try {
        return await verifyDatabase({
          database: pool,
          client,
          naming,
          registry,
          partitionCountOf,
          directory,
          scoresRetentionMs: config.SCORES_RETENTION_DAYS === 0 ? null : config.SCORES_RETENTION_DAYS * DAY_MS,
        })
      } finally {
        await pool.destroy()
      }
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
    await runtimes.close()
    await client.close()
  }
}

function isRight({ tasks }: ProcessorVerification, allowGaps: boolean): boolean {
  return tasks.every((task) => differencesOf(task) === 0 && (allowGaps || task.gap === undefined))
}

interface VerifyFlags {
  readonly processors?: string
  readonly partitions?: string
  readonly sample?: number
  readonly seed: number
  readonly recent?: number
  readonly directory?: string
  readonly json: boolean
  readonly database: boolean
  readonly allowGaps: boolean
}

/** `scoreline verify`: replays what was read and compares it with what was served. */
export const defineVerify: DefineCommand = (program, context) => {
  program
    .command('verify')
    .description(
      'replay the inputs as the journal says and compare every published record, the state and the database with it, bit for bit',
    )
    .option('--processors <names>', 'of these, separated by commas')
    .option('--partitions <numbers>', 'of these, separated by commas')
    .option('--sample <count>', 'so many tasks of these, others with each seed', wholeNumber)
    .option('--seed <number>', 'which tasks the sample takes', wholeNumber, Math.floor(Date.now() / 60_000))
    .option(
      '--recent <seconds>',
      'take the state as it is for right, and verify what is done from now on for so long',
      wholeNumber,
    )
    .option('--directory <path>', 'for the states of the replay, about as large as those of the tasks; emptied at the end')
    .option('--no-database', 'leave PostgreSQL out')
    .option('--allow-gaps', 'let tasks pass whose inputs or journal are no longer there', false)
    .option('--json', 'print everything as one JSON object', false)
    .action(async (flags: VerifyFlags) => {
      const here = context()
      const outcome = await verifyServed(here, {
        database: flags.database,
        allowGaps: flags.allowGaps,
        ...(flags.processors === undefined ? {} : { processors: flags.processors.split(',') }),
        ...(flags.partitions === undefined ? {} : { partitions: flags.partitions.split(',').map(Number) }),
        ...(flags.sample === undefined ? {} : { sample: { size: flags.sample, seed: flags.seed } }),
        ...(flags.recent === undefined ? {} : { recentSeconds: flags.recent }),
        ...(flags.directory === undefined ? {} : { directory: join(resolve(flags.directory), `verify-${process.pid}`) }),
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

function summary({ ok, processors: outcomes, database }: Verification): string[] {
  const lines = Object.entries(outcomes).map(([name, { tasks, messages, deadLetters }]) => {
    const sum = (number: (task: (typeof tasks)[number]) => number) => tasks.reduce((total, task) => total + number(task), 0)
    const gaps = tasks.filter(({ gap }) => gap !== undefined).length
    return (
      `${name}: ${sum((task) => task.transactions)} transactions, ${sum((task) => task.inputs)} records read; ` +
      `${sum((task) => task.state.compared)} of state, ${sum((task) => task.state.different)} different; ` +
      `published ${shown(messages)}; dead letters ${shown(deadLetters)}${gaps > 0 ? `; ${gaps} tasks not verifiable` : ''}`
    )
  })
  if (database !== undefined) {
    const { compared, different, unexplained } = database
    const others = unexplained > 0 ? `, ${unexplained} whose events are no longer there or not written yet` : ''
    lines.push(`database: ${compared} rows, ${different} different${others}`)
  }
  const differences = [...Object.values(outcomes).flatMap((outcome) => outcome.differences), ...(database?.differences ?? [])]
  for (const { place, expected, got } of differences) lines.push(`  ${place}: expected ${expected}, got ${got}`)
  const gaps = Object.values(outcomes).flatMap(({ tasks }) => tasks.filter(({ gap }) => gap !== undefined))
  for (const { processor, partition, gap } of gaps) lines.push(`  ${processor}/${partition} cannot be verified ${gap}`)
  lines.push(
    ok ? 'What was served is what the inputs give.' : 'What was served is NOT what the inputs give, or can’t be verified.',
  )
  return lines
}

function shown({ compared, different, missing, extra, deleted }: PublishedCount): string {
  const counts = { different, missing, 'too many': extra, 'deleted by retention': deleted }
  const others = Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [`, ${count} ${name}`] : []))
  return `${compared}${others.join('')}`
}
