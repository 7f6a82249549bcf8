import { globalTopicsOf } from '../settings/global-tables.ts'
import { openGlobalsHistory, type GlobalsHistory, type GlobalsHistoryOptions } from '../settings/globals-history.ts'

/** Returns a function that reads the history of the globals up to now. The result is cached until records are added. */
export function createGlobalsSource(options: GlobalsHistoryOptions): () => Promise<GlobalsHistory> {
  const { client, naming } = options
  let known: { readonly ends: string; readonly history: GlobalsHistory } | undefined

  return async () => {
    const topics = globalTopicsOf(options.processors).map((topic) => ({ topic: naming.topic(topic), partition: 0 }))
    const ends = (await Promise.all(topics.map((at) => client.listOffset(at, 'latest_stable')))).join()
    if (known?.ends !== ends) known = { ends, history: await openGlobalsHistory(options) }
    return known.history
  }
}
