import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Model, Processor } from '../../processors/processor.ts'
import type { Release } from '../../schemas/models/releases.ts'
import { topics } from '../../subjects/subjects.ts'
import { createGlobalsSource } from '../../streams/verify/globals.ts'
import { verifyProcessor, type ProcessorVerification } from '../../streams/verify/processor.ts'
import type { StreamUnderTest } from './stream-under-test.ts'

export interface VerifyStreamOptions {
  /** All processors that were running; default: the one that is verified. */
  readonly processors?: readonly Processor[]
  readonly partitions?: number
  readonly loadModel?: (release: Release) => Model
  readonly recent?: () => Promise<void>
  readonly directory?: string
}

/** Verifies what a processor has served on the test broker. */
export async function verifyStream(
  { client, naming, registry }: StreamUnderTest,
  processor: Processor,
  options: VerifyStreamOptions = {},
): Promise<ProcessorVerification> {
  const { processors = [processor], partitions = 2, recent } = options
  const loadModel = options.loadModel ?? (() => Promise.reject(new Error('no models here')) as never)
  const described = await client.describeTopics(topics.map((topic) => naming.topic(topic)))
  return verifyProcessor({
    client,
    naming,
    registry,
    processor,
    processors,
    partitionCountOf: (topic) => (described.find(({ name }) => name === topic)?.partitionCount === 1 ? 1 : partitions),
    topicIdOf: (topic) => described.find(({ name }) => name === topic)!.topicId,
    globals: createGlobalsSource({ client, naming, registry, processors, loadModel }),
    directory: options.directory ?? mkdtempSync(join(tmpdir(), 'verify-')),
    signal: new AbortController().signal,
    log: () => {},
    ...(recent === undefined ? {} : { recent }),
  })
}
