import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { sourceOf, type Processor } from '../../processors/processor.ts'
import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { scores, type Score } from '../../schemas/models/scores.ts'
import type { Topic } from '../../schemas/topic.ts'
import { personDigest } from '../../streams/erasure/person-digest.ts'
import { replayJournal } from '../../streams/replay/journal-replay.ts'
import { ReplayGapError } from '../../streams/replay/journal-replay-gap.ts'
import { openStore } from '../../streams/state/open-store.ts'
import { kindsOf } from '../../streams/state/task-state.ts'
import { createGlobalsSource } from '../../streams/verify/globals.ts'
import { sameWithin } from '../../streams/verify/same-within.ts'
import { readServedState } from '../../streams/verify/state.ts'
import { processors } from '../../subjects/subjects.ts'
import type { CommandContext } from '../context.ts'
import { modelLoader } from '../engine/engine.ts'
import { clientOptions, namingOf, openRegistry, wantedTopics } from '../kafka.ts'
import { backboneOf } from '../training/backbone.ts'
import { findScore, findTransaction, type FoundEntry, type ScoreSource, type ServedScore } from './find-score.ts'
import { parseScoreId } from './score-id.ts'
import { openTimeTravel } from './time-travel.ts'
import { isSameTransaction, transactionOf } from './transaction-of.ts'

/** A score beside what a replay computes. */
export interface ReplayedScore {
  readonly id: string
  /** `close`: a model runtime computed it, and it differs by less than a millionth. */
  readonly outcome: 'equal' | 'close' | 'different' | 'not published' | 'erased'
  /** Digest of the erased person (docs/personal-data.md). */
  readonly digest?: string
  readonly processor?: string
  readonly partition?: number
  /** Number of the task's transaction. */
  readonly transaction?: number
  /** ISO 8601. */
  readonly writtenAt?: string
  readonly probability?: { readonly served: number | null; readonly replayed: number | null }
  readonly served?: ShownBytes
  readonly replayed?: ShownBytes
}

interface ShownBytes {
  readonly bytes: number
  readonly sha256: string
  readonly hex: string
}

/**
 * Computes a score of the past again: with the state before its transaction, the records that the transaction read, and
 * the models and settings of that time. Throws if something that is needed is nowhere any more.
 */
export async function replayScore(context: CommandContext, id: string): Promise<ReplayedScore> {
  const { config, log } = context
  const parsed = parseScoreId(id, processors)
  const broker = createKafkaClient(clientOptions(config, 'replay'))
  const directory = resolve(config.DATA_DIRECTORY, `replay-${process.pid}`)
  try {
    const naming = namingOf(config)
    const registry = await openRegistry(config, log)
    const described = await broker.describeTopics(wantedTopics(config).map(({ name }) => name))
    const travel = await openTimeTravel({ config, client: broker, naming, registry, described })
    const source: ScoreSource = { travel, naming, registry, described }
    const served = await findScore(source, id, parsed)
    if (served === undefined) throw nowhere(`The score ${id}`)
    if (travel.erased.covers(served.customerId, served.writtenAt))
      return { id, outcome: 'erased', digest: personDigest(served.customerId) }
    const found = await findTransaction(source, served, parsed)
    if (found === undefined) throw nowhere(`The journal of the transaction that published ${id}`)
    checkVersion(parsed.processor, found)
    const replayed = await replayTransaction(context, source, { processor: parsed.processor, served, found, directory })
    return outcomeOf(source, { id, served, found, replayed: replayed.get(id), tolerance: replayed.tolerance })
  } finally {
    rmSync(directory, { recursive: true, force: true })
    await broker.close()
  }
}

interface TransactionToReplay {
  readonly processor: Processor
  readonly served: ServedScore
  readonly found: FoundEntry
  /** For the state of the task. */
  readonly directory: string
}

interface ReplayedScores {
  get(id: string): Score | undefined
  readonly tolerance: number
}

/** Replays the one transaction, and returns the scores that it publishes. */
async function replayTransaction(
  context: CommandContext,
  { travel, naming, registry, described }: ScoreSource,
  { processor, served, found, directory }: TransactionToReplay,
): Promise<ReplayedScores> {
  const { client } = travel
  const { partition, offset, entry } = found
  const runtimes = openScoringRuntimes({ backbone: backboneOf(context.config) })
  const store = await openStore(directory, 'replay')
  try {
    const changelog = { topic: naming.changelog(processor), partition }
    let startsAt = Number.POSITIVE_INFINITY
    const after = await readServedState(client, changelog.topic, partition, store, kindsOf(processor), {
      isEnd(batch) {
        if (!isSameTransaction(transactionOf(batch), served)) return false
        startsAt = batch.offsets[0]!
        return true
      },
    })
    if (after !== entry.sequence - 1 || startsAt < (await travel.completeFrom(changelog)))
      throw nowhere(`The state before transaction ${entry.sequence} of ${processor.name}/${partition}`)
    const known = new Map(described.map((topic) => [topic.name, topic]))
    const loadModel = modelLoader(runtimes)
    const globals = await createGlobalsSource({ client, naming, registry, processors, loadModel })()
    const byId = new Map<string, Score>()
    let tolerance = 0
    await replayJournal({
      ...{ client, naming, registry, processor, processors, partition, globals, store },
      partitionCountOf: (topic) => known.get(topic)?.partitionCount ?? 1,
      topicIdOf: (topic) => known.get(topic)?.topicId ?? '',
      after,
      until: entry.sequence,
      journalFrom: offset,
      onTransaction(_, published) {
        tolerance = published.tolerance
        for (const { topic, value } of published.messages)
          if (topic === (scores as Topic)) byId.set((value as Score).id, value as Score)
        return Promise.resolve()
      },
    })
    return { get: (id) => byId.get(id), tolerance }
  } catch (error) {
    if (!(error instanceof ReplayGapError)) throw error
    throw new Error(`The score can't be replayed ${error.message}.`, { cause: error })
  } finally {
    await store.close()
    await runtimes.close()
  }
}

function outcomeOf(
  { registry }: ScoreSource,
  {
    id,
    served,
    found: { entry, partition },
    replayed,
    tolerance,
  }: {
    readonly id: string
    readonly served: ServedScore
    readonly found: FoundEntry
    readonly replayed: Score | undefined
    readonly tolerance: number
  },
): ReplayedScore {
  const codec = codecOf(scores as Topic, registry)
  const original = codec.decode(served.value) as Score
  const bytes = replayed === undefined ? undefined : codec.encode(replayed)
  const outcome =
    bytes === undefined
      ? 'not published'
      : bytes.equals(served.value)
        ? 'equal'
        : tolerance > 0 && sameWithin(original, codec.decode(bytes), tolerance)
          ? 'close'
          : 'different'
  return {
    id,
    outcome,
    processor: entry.source,
    partition,
    transaction: entry.sequence,
    writtenAt: new Date(served.writtenAt).toISOString(),
    probability: { served: original.probability, replayed: replayed?.probability ?? null },
    served: shown(served.value),
    ...(bytes === undefined ? {} : { replayed: shown(bytes) }),
  }
}

function shown(bytes: Buffer): ShownBytes {
  return {
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    hex: bytes.toString('hex'),
  }
}

/** Another version computes other numbers on purpose. */
function checkVersion(processor: Processor, { entry }: FoundEntry): void {
  if (entry.source === sourceOf(processor)) return
  throw new Error(
    `The score was computed by ${entry.source}, and this program has ${sourceOf(processor)}: replay it with the version of ` +
      'the program that ran then.',
  )
}

function nowhere(what: string): Error {
  return new Error(
    `${what} is neither in the archive nor on the broker: it is older than the archive or than ARCHIVE_DAYS, or it was ` +
      'removed with an erased person. Check the id, ARCHIVE_DIRECTORY and TOPIC_PREFIX.',
  )
}
