import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromJson } from '../../schemas/json/json-event.ts'
import type { ReleasedState } from '../../schemas/release/released-state.ts'
import { foldDigests, NO_RECORDS, sampleGlobals } from '../../streams/replay/fold-digests.ts'
import type { ReplayInput } from '../../streams/replay/replay.ts'
import type { Extension } from '../../subjects/extension.ts'
import { topicNamed } from '../../subjects/subjects.ts'
import { ExtensionError } from './extension-error.ts'

/** Returns the digests of what the processors of an extension compute from the events of `sample-events.jsonl`. */
export async function extensionFolds(
  folder: string,
  { processors = [] }: Extension,
  released: readonly ReleasedState[],
): Promise<Readonly<Record<string, string>>> {
  if (processors.length === 0) return {}
  const file = join(folder, 'sample-events.jsonl')
  const sample = readSample(file)
  const folds: Record<string, string> = {}
  for (const processor of processors) {
    const read = new Set(['clock', ...processor.inputs.map(({ topic }) => (topic as ReplayInput['topic']).name)])
    const inputs = sample.filter(({ topic }) => read.has(topic.name))
    const { digests } = await foldDigests(processor, inputs, sampleGlobals(processor), released)
    for (const [what, digest] of digests) {
      if (digest === NO_RECORDS) throw new ExtensionError(file, `its events leave no ${what}. Add events that do.`)
      folds[what] = digest
    }
  }
  return folds
}

function readSample(file: string): readonly ReplayInput[] {
  if (!existsSync(file))
    throw new ExtensionError(file, 'it is missing. Write some events of each input to it, as for `scoreline replay`.')
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line, index) => {
    const place = `${file}:${index + 1}`
    const { topic: name, event } = parsed(line, place)
    const topic = topicNamed(name ?? '')
    if (topic === undefined) throw new ExtensionError(place, `there is no topic ${JSON.stringify(name)}.`)
    const converted = fromJson(topic, event)
    if (converted.ok) return { topic, value: converted.value }
    throw new ExtensionError(place, `it is no event of ${topic.name}: ${JSON.stringify(converted.problems)}`)
  })
}

function parsed(line: string, place: string): { readonly topic?: string; readonly event?: unknown } {
  try {
    return Object(JSON.parse(line)) as { topic?: string; event?: unknown }
  } catch (error) {
    throw new ExtensionError(place, `it is no JSON: ${(error as Error).message}.`)
  }
}

/**
 * Returns the processors whose numbers differ from those of the same version when it was released: their stored state
 * would mix both.
 */
export function changedFolds(
  released: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(now)
    .filter(([what, digest]) => released[what] !== undefined && released[what] !== digest)
    .map(([what]) => `${what} differ from what this version computed when it was released. Raise the version.`)
}
