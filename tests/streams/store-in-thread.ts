/** A thread that opens a store and executes orders; it answers each with `ok` or the name of the error. */
import { parentPort, workerData } from 'node:worker_threads'
import { recordKey } from '../../streams/state/record-key.ts'
import type { Store } from '../../streams/state/store.ts'
import { openStore } from '../../streams/state/open-store.ts'

export type StoreOrder =
  | { readonly do: 'open' | 'checkpoint'; readonly as: string }
  | { readonly do: 'read' }
  | { readonly do: 'close' }
  | { readonly do: 'die' }

const { directory } = workerData as { directory: string }
let store: Store | undefined

async function obey(order: StoreOrder): Promise<string> {
  if (order.do === 'open') store = await openStore(directory, order.as)
  else if (order.do === 'checkpoint')
    store!.checkpoint([[recordKey('a', 'k', ''), Buffer.from(order.as)]], {
      changelogId: 'x',
      changelogOffset: 1,
      writtenAt: 1,
    })
  else if (order.do === 'read') return store!.get(recordKey('a', 'k', ''))?.toString() ?? 'nothing'
  else if (order.do === 'close') await store!.close()
  else process.exit(3)
  return 'ok'
}

parentPort!.on('message', (order: StoreOrder) => {
  void obey(order).then(
    (answer) => parentPort!.postMessage(answer),
    (error: Error) => parentPort!.postMessage(error.name),
  )
})
