import type { TopicSpecification } from '../../../kafka/admin/ensure-topics.ts'
import type { InspectedTopic } from '../../../kafka/admin/inspection.ts'
import { wantedTopics } from '../../kafka.ts'
import { error, listed, ok, warning, type Check, type Finding } from '../check.ts'

type Settings = ReadonlyMap<string, ReadonlyMap<string, string | null>>

/** Compares every topic with what the platform declares. */
export const topics: Check = {
  name: 'topics',
  needs: 'brokers',
  async run({ config, kafka }) {
    const wanted = wantedTopics(config)
    const found = await kafka().topics(wanted.map(({ name }) => name))
    // Without Describe a topic looks as if it had no partitions: the check of rights reports it.
    const readable = found.filter(({ exists, partitionCount }) => exists && partitionCount > 0)
    const settings = readable.length === 0 ? new Map() : await kafka().settings(readable.map(({ name }) => name))
    const missing = found.filter(({ exists }) => !exists).map(({ name }) => name)
    const findings = [...missingFinding(missing), ...topicFindings(wanted, readable, settings)]
    return findings.length > 0 ? findings : [ok(`${wanted.length} topics are as declared.`)]
  },
}

export function missingFinding(missing: readonly string[]): Finding[] {
  if (missing.length === 0) return []
  return [error(`${missing.length} topics are missing: ${listed(missing)}.`, 'Run `scoreline topics`.')]
}

/** Returns what differs from the declaration, topic by topic. */
export function topicFindings(
  wanted: readonly TopicSpecification[],
  found: readonly InspectedTopic[],
  settings: Settings,
): Finding[] {
  const byName = new Map(found.map((topic) => [topic.name, topic]))
  return wanted.flatMap((topic) => {
    const there = byName.get(topic.name)
    if (there === undefined) return []
    return [...layoutFindings(topic, there), ...settingFindings(topic, there, settings.get(topic.name) ?? new Map())]
  })
}

function layoutFindings(wanted: TopicSpecification, { partitionCount, copies, leaderless }: InspectedTopic): Finding[] {
  const { name, partitions, replicationFactor = 1 } = wanted
  const findings: Finding[] = []
  if (partitionCount !== partitions)
    findings.push(
      error(
        `${name} has ${partitionCount} partitions, and ${partitions} are configured.`,
        'Set TOPIC_PARTITIONS to the count that is there; it can’t be changed under existing keys.',
      ),
    )
  if (leaderless > 0)
    findings.push(
      error(`${leaderless} partitions of ${name} have no leader.`, 'Start the brokers that hold their copies.'),
    )
  if (copies < replicationFactor)
    findings.push(
      warning(
        `${name} has ${copies} copies, and TOPIC_REPLICATION is ${replicationFactor}.`,
        'Give it more copies with kafka-reassign-partitions.sh, and run `scoreline topics`.',
      ),
    )
  return findings
}

const MIN_IN_SYNC = 'min.insync.replicas'

function settingFindings(
  { name, configs = {}, minInSyncReplicas = 1 }: TopicSpecification,
  { copies }: InspectedTopic,
  now: ReadonlyMap<string, string | null>,
): Finding[] {
  const advice = 'Run `scoreline topics`, which sets what the platform declares.'
  const differing = Object.entries(configs).flatMap(([key, value]) =>
    now.get(key) === value ? [] : [error(`${name} has ${key}=${now.get(key)}, not ${value}.`, advice)],
  )
  const inSync = Number(now.get(MIN_IN_SYNC) ?? 1)
  if (inSync > copies)
    differing.push(
      error(
        `${name} has ${MIN_IN_SYNC}=${inSync} and ${copies} copies: it accepts no records.`,
        `Lower ${MIN_IN_SYNC}.`,
      ),
    )
  else if (inSync < Math.min(minInSyncReplicas, copies))
    differing.push(error(`${name} has ${MIN_IN_SYNC}=${inSync}, not ${minInSyncReplicas}.`, advice))
  return differing
}
