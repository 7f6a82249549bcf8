/**
 * Ends threads while they write checkpoints, and then the process. Run by `native-calls.test.ts` in a process of its
 * own, which would be the one to hang.
 */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { terminateThread } from '../../runtimes/native-calls.ts'
import { openStore } from '../../streams/state/open-store.ts'

const [directory] = process.argv.slice(2)

async function startWriter(name: string): Promise<Worker> {
  const worker = new Worker(new URL(import.meta.url), { workerData: `${directory}/${name}` })
  await once(worker, 'message')
  return worker
}

if (isMainThread) {
  for (let round = 0; round < 3; round++) {
    const writer = await startWriter(`ended-${round}`)
    await delay(20 * round)
    await terminateThread(writer)
  }
  await Promise.all([startWriter('left-1'), startWriter('left-2')])
  console.log('leaves two threads')
  process.exit(7)
} else {
  const store = await openStore(workerData as string, 'writer')
  const value = Buffer.alloc(100, 'x')
  const records = Array.from({ length: 2_000 }, (_, n) => [Buffer.from(`key-${n}`), value] as const)
  parentPort!.postMessage('writes')
  for (let changelogOffset = 0; ; changelogOffset++)
    store.checkpoint(records, { changelogId: 'changelog', changelogOffset, writtenAt: 0 })
}
