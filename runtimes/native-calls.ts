import { getEnvironmentData, isMainThread, setEnvironmentData, type Worker } from 'node:worker_threads'

/**
 * ONNX Runtime must not come back into a thread that is being terminated: it throws where no JavaScript may run any
 * more, and the whole process aborts. So threads announce their calls, and are ended between two of them.
 */
const NAME = 'scoreline/native-calls'
/** Of the two numbers that all threads of the process share. */
const CALLS = 0
const ENDINGS = 1
/** A thread that ran out of memory never says that it is through. */
const WAIT_MS_MAX = 30_000

const shared = sharedNumbers()
/** Of this thread. */
let ownCalls = 0

function sharedNumbers(): Int32Array<SharedArrayBuffer> {
  // Threads get what the thread that starts them has.
  const given = getEnvironmentData(NAME) as SharedArrayBuffer | undefined
  const numbers = new Int32Array(given ?? new SharedArrayBuffer(8))
  if (given === undefined) {
    setEnvironmentData(NAME, numbers.buffer)
    // Whatever ends the process ends its threads.
    if (isMainThread) process.on('exit', () => waitAtExit(numbers))
  }
  // An error that nobody catches ends a thread before the call that it was about to make.
  if (!isMainThread) process.on('exit', () => leave(ownCalls))
  return numbers
}

/** Makes a call of ONNX Runtime. While a thread is being ended, other threads wait with theirs. */
export async function nativeCall<T>(call: () => Promise<T>): Promise<T> {
  // The main thread is never ended, and must not block.
  if (isMainThread) return call()
  enter()
  try {
    return await call()
  } finally {
    leave(1)
  }
}

function enter(): void {
  for (;;) {
    for (let endings; (endings = Atomics.load(shared, ENDINGS)) > 0;) Atomics.wait(shared, ENDINGS, endings)
    Atomics.add(shared, CALLS, 1)
    ownCalls++
    if (Atomics.load(shared, ENDINGS) === 0) return
    leave(1)
  }
}

function leave(calls: number): void {
  ownCalls -= calls
  if (Atomics.sub(shared, CALLS, calls) === calls) Atomics.notify(shared, CALLS)
}

/** Ends a thread at once, or when the calls that run are through. */
export async function endThread(worker: Worker): Promise<void> {
  Atomics.add(shared, ENDINGS, 1)
  try {
    const until = performance.now() + WAIT_MS_MAX
    for (let calls; (calls = Atomics.load(shared, CALLS)) > 0 && performance.now() < until;)
      await Atomics.waitAsync(shared, CALLS, calls, until - performance.now()).value
    await worker.terminate()
  } finally {
    Atomics.sub(shared, ENDINGS, 1)
    Atomics.notify(shared, ENDINGS)
  }
}

function waitAtExit(numbers: Int32Array): void {
  Atomics.add(numbers, ENDINGS, 1)
  const until = performance.now() + WAIT_MS_MAX
  for (let calls; (calls = Atomics.load(numbers, CALLS)) > 0 && performance.now() < until;)
    Atomics.wait(numbers, CALLS, calls, until - performance.now())
}
