import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Topic } from '../../schemas/topic.ts'
import {
  featureSets,
  learnableTaskNamed,
  learnableTasks,
  liveTopics,
  processorNamed,
  deciders,
  processors,
  routes,
  settings,
  subjects,
  topicNamed,
  topics,
  writerOf,
  writers,
} from '../../subjects/subjects.ts'

const PROJECT = join(import.meta.dirname, '../..')

test.each(Object.entries({ topics, featureSets, processors, learnableTasks, settings, writers, routes, liveTopics }))(
  'each of the %s belongs to one subject',
  (_, list) => {
    expect(list.length).toBeGreaterThan(0)
    expect(new Set<unknown>(list).size).toBe(list.length)
  },
)

test.each(subjects)(
  '$name has its list and, for its topics, a folder of schemas of the same name',
  ({ name, topics = [] }) => {
    expect(existsSync(join(PROJECT, `subjects/${name}.ts`))).toBe(true)
    expect(existsSync(join(PROJECT, `schemas/${name}`))).toBe(topics.length > 0)
  },
)

test('what processors, settings and the page refer to is listed by a subject', () => {
  const read = processors.flatMap(({ inputs, outputs }) => [...inputs.map(({ topic }) => topic as Topic), ...outputs])
  const named = [...read, ...settings.map(({ topic }) => topic), ...liveTopics]
  expect(named.filter((topic) => !topics.includes(topic)).map(({ name }) => name)).toEqual([])
})

test('each topic has one writer at most; a topic without one is named', () => {
  expect(new Set(writers.map(({ topic }) => topic)).size).toBe(writers.length)
  for (const writer of writers) expect(writerOf(writer.topic)).toBe(writer)
  expect(() => writerOf(topicNamed('journal')!)).toThrow('The database holds nothing of journal.')
})

test('a learnable task is one that a processor or a scorer of it scores, with the same features', () => {
  for (const { task, features } of learnableTasks) {
    const scorer = deciders.find((one) => one.task === task)
    expect([task, scorer?.features.id]).toEqual([task, features.id])
    expect(featureSets).toContain(features)
  }
})

test('a thing that does not exist is answered with the names that do', () => {
  expect(topicNamed('visits')?.name).toBe('visits')
  expect(topicNamed('fame')).toBeUndefined()
  expect(processorNamed('conversion').name).toBe('conversion')
  expect(() => processorNamed('fame')).toThrow(/There is no processor fame\. There are: .*\bconversion\b/)
  expect(learnableTaskNamed('conversion').algorithm).toBe('ngram-logistic')
  expect(() => learnableTaskNamed('fame')).toThrow(/There is no task fame\. There are: .*\bconversion\b/)
})
