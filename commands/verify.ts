import { createKafkaClient } from '../kafka/kafka-client.ts'
import { processors } from '../processors/processors.ts'
import { topics } from '../schemas/topics.ts'
import type { Topic } from '../schemas/topic.ts'
import { openDatabase } from '../store/database.ts'
import { openGlobalsHistory } from '../streams/globals-history.ts'
import { verifyProcessor, type ProcessorVerification } from '../streams/verify-processor.ts'
import type { CommandContext, DefineCommand } from './context.ts'
import { loadModel } from './engine.ts'
import { clientOptions, namingOf, openRegistry } from './kafka.ts'
import { processorNamed } from './processor-named.ts'
import { databaseUrlOf } from './services.ts'
import { verifyDatabase, type DatabaseVerification } from './verify-database.ts'

export interface VerifyRequest {
  /** Default: all. */
  readonly processors?: readonly string[]
  readonly partitions?: readonly number[]
  readonly database: boolean
  /** A task whose inputs are no longer there counts as verified. */
  readonly allowGaps: boolean
}

export interface Verification {
  readonly ok: boolean
  readonly processors: Readonly<Record<string, ProcessorVerification>>
  readonly database?: DatabaseVerification
}

/** Verifies what the processors have served; throws only where verifying itself is not possible. */
export async function verifyServed(context: CommandContext, request: VerifyRequest): Promise<Verification> {
  const { config, log } = context
  const client = createKafkaClient(clientOptions(config, 'verify'))
  try {
    const naming = namingOf(config)
    const registry = await openRegistry(config, log)
    const chosen = request.processors?.map(processorNamed) ?? processors
    const names = [...topics.map((topic) => naming.topic(topic as Topic)), ...chosen.map((one) => naming.changelog(one))]
    const described = await client.describeTopics(names)
    const counts = new Map(described.map(({ name, partitionCount }) => [name, partitionCount]))
    const partitionCountOf = (topic: string) => counts.get(topic) ?? 1
    const globals = await openGlobalsHistory({ client, naming, registry, loadModel })
    const outcomes: Record<string, ProcessorVerification> = {}
    for (const processor of chosen) {
      outcomes[processor.name] = await verifyProcessor({
        client,
        naming,
        registry,
        processor,
        partitionCountOf,
        globals,
        log: (line) => log('info', line),
        ...(request.partitions === undefined ? {} : { partitions: request.partitions }),
      })
    }
    const database = request.database ? await compareWithDatabase() : undefined
    const ok = Object.values(outcomes).every((outcome) => isRight(outcome, request.allowGaps)) && (database?.different ?? 0) === 0
    return { ok, processors: outcomes, ...(database === undefined ? {} : { database }) }

    async function compareWithDatabase(): Promise<DatabaseVerification> {
      const pool = openDatabase({ url: databaseUrlOf(config), poolMax: 1 })
      try {
        const keptMs = config.SCORES_RETENTION_DAYS === 0 ? Number.POSITIVE_INFINITY : config.SCORES_RETENTION_DAYS * 86_400_000
        return await verifyDatabase({
          database: pool,
          client,
          naming,
          registry,
          partitionCountOf,
          scoresKeptSince: Date.now() - keptMs,
        })
      } finally {
        await pool.destroy()
      }
    }
  } finally {
    await client.close()
  }
}

function isRight({ tasks, messages }: ProcessorVerification, allowGaps: boolean): boolean {
  const { different, missing, extra } = messages
  return (
    different + missing + extra === 0 &&
    tasks.every(({ state, gap }) => state.different === 0 && (allowGaps || gap === undefined))
  )
}

interface VerifyFlags {
  readonly processors?: string
  readonly partitions?: string
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
      })
      if (flags.json) here.print(JSON.stringify(outcome))
      else for (const line of summary(outcome)) here.print(line)
      if (!outcome.ok) process.exitCode = 1
    })
}

function summary({ ok, processors: outcomes, database }: Verification): string[] {
  const lines = Object.entries(outcomes).map(([name, { tasks, messages }]) => {
    const sum = (number: (task: (typeof tasks)[number]) => number) => tasks.reduce((total, task) => total + number(task), 0)
    const gaps = tasks.filter(({ gap }) => gap !== undefined).length
    const { compared, different, missing, extra } = messages
    return (
      `${name}: ${sum((task) => task.transactions)} transactions, ${sum((task) => task.inputs)} events; ` +
      `${sum((task) => task.state.compared)} state records, ${sum((task) => task.state.different)} different; ` +
      `${compared} published records, ${different} different, ${missing} missing, ${extra} too many${gaps > 0 ? `; ${gaps} tasks not verifiable` : ''}`
    )
  })
  if (database !== undefined) lines.push(`database: ${database.compared} rows, ${database.different} different`)
  const differences = [...Object.values(outcomes).flatMap((outcome) => outcome.differences), ...(database?.differences ?? [])]
  for (const { place, expected, got } of differences) lines.push(`  ${place}: expected ${expected}, got ${got}`)
  const gaps = Object.values(outcomes).flatMap(({ tasks }) => tasks.filter(({ gap }) => gap !== undefined))
  for (const { processor, partition, gap } of gaps) lines.push(`  ${processor}/${partition} cannot be verified: ${gap}`)
  lines.push(
    ok ? 'What was served is what the inputs give.' : 'What was served is NOT what the inputs give, or can’t be verified.',
  )
  return lines
}
