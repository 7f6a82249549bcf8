import { DAY_MS } from './durations.ts'
import type { RecordSchema } from './avro/schema.ts'
import type { HoldsPersons } from './persons.ts'

/**
 * How Kafka retains a topic. `compacted`: the last value of each key is kept. `days`: everything is kept for that long
 * and then deleted, except the last value of each key if `keepsLatest`.
 */
export type Retention = 'compacted' | { readonly days: number; readonly keepsLatest?: boolean }

/**
 * Returns since when a topic is complete, in ms since the epoch. Of records written before, only the newest of each key
 * may be left.
 */
export function completeSince(retention: Retention, now: number): number {
  if (retention === 'compacted') return Number.POSITIVE_INFINITY
  return retention.keepsLatest === true ? now - retention.days * DAY_MS : Number.NEGATIVE_INFINITY
}

/** Returns whether the last value of each key stays, so that only a tombstone withdraws it. */
export function keepsLatest({ retention }: { readonly retention: Retention }): boolean {
  return retention === 'compacted' || retention.keepsLatest === true
}

/**
 * A Kafka topic: its name, the schema of its values, and the key that decides their partition. All topics but the
 * global ones have the same number of partitions, so that any of them can be read together by key (co-partitioning).
 */
export interface Topic<T = unknown> {
  readonly name: string
  readonly schema: RecordSchema<T>
  /** Method syntax on purpose: a list of topics of different values is still a list of topics. */
  keyOf(value: T): string
  /** Description of the key, for the catalogue of topics. */
  readonly key: string
  /** Where its records hold people; not stated: the key is a person. */
  readonly persons?: HoldsPersons
  readonly retention: Retention
  /**
   * `input`: external. `global`: one partition, compacted, read whole by every task. `output`: written by processors.
   * `system`: written by the engine.
   */
  readonly role: 'input' | 'global' | 'output' | 'system'
  /** Who writes the topic, in words. */
  readonly producer: string
  /** How long (event time) an event's id is remembered per key, and how late an event may be and still count fully. */
  readonly graceMs: number
}

export type TopicDefinition<T> = Omit<Topic<T>, 'graceMs'> & { readonly graceMs?: number }

/** Default of `graceMs`. */
export const GRACE_MS = 2 * DAY_MS

export function topic<T>(definition: TopicDefinition<T>): Topic<T> {
  return { graceMs: GRACE_MS, ...definition }
}

/**
 * A table of settings: one partition, compacted, read whole by every task before its first event. The latest value of a
 * key applies, and processors read it by `globals.get(topic, key)`.
 */
export interface GlobalTopic<T = unknown> extends Topic<T> {
  readonly role: 'global'
  /** A new version of an entry requires re-evaluation if decisions depend on the entry. */
  versionOf(value: T): string | number
  /**
   * The part of an entry that decisions depend on, for processors that are re-evaluated when any entry changes; empty
   * if they depend on nothing in it. Default: its version.
   */
  decisiveOf?(value: T): string
}

export type GlobalTopicDefinition<T> = Omit<TopicDefinition<T>, 'role' | 'retention' | 'graceMs'> &
  Pick<GlobalTopic<T>, 'versionOf' | 'decisiveOf'>

export function globalTopic<T>(definition: GlobalTopicDefinition<T>): GlobalTopic<T> {
  return { ...definition, graceMs: GRACE_MS, retention: 'compacted', role: 'global' }
}

/** A value for a topic. Created by `message`, so that it fits the topic. */
export interface Message<T = unknown> {
  readonly topic: Topic<T>
  /** The record's key; `null` value: a tombstone. */
  readonly key: string
  readonly value: T | null
}

export function message<T>(topic: Topic<T>, value: NoInfer<T>): Message {
  return { topic, key: topic.keyOf(value), value } as Message
}
