import { getEnvironmentData, isMainThread, setEnvironmentData, type Worker } from 'node:worker_threads'

/**
 * Some native code must not be in a call of a thread that is being terminated. ONNX Runtime then throws where no
 * JavaScript may run any more, and the whole process aborts. LMDB's binding waits for the lock of the thread's own write
 * transaction, and the process hangs forever. So threads register these calls, and are terminated only between two of
 * them.
 */
const NAME = 'scoreline/native-calls'
/**
 * Increment for each thread being terminated. All threads of the process share one number, which holds the running
 * calls in its low bits and the terminations above, so that registering a call and checking for terminations is one
 * atomic step.
 */
const ENDING = 1 << 16
/** Upper bound of the wait: a thread that ran out of memory never reports the end of its calls. */
const WAIT_MS_MAX = 30_000

const shared = sharedNumber()
/** Running calls of this thread. */
let ownCalls = 0

function sharedNumber(): Int32Array<SharedArrayBuffer> {
  // A thread inherits the environment data of the thread that starts it.
  const given = getEnvironmentData(NAME) as SharedArrayBuffer | undefined
  const number = new Int32Array(given ?? new SharedArrayBuffer(4))
  if (given === undefined) {
    setEnvironmentData(NAME, number.buffer)
    // The exit of the process terminates all of its threads.
    if (isMainThread) process.on('exit', () => waitAtExit(number))
  }
  // An uncaught error may end a thread with calls still registered.
  if (!isMainThread) process.on('exit', () => add(-ownCalls))
  return number
}

/** Makes an asynchronous call, such as one of ONNX Runtime. The calls of other threads wait while a thread is being terminated. */
export async function nativeCall<T>(call: () => Promise<T>): Promise<T> {
  // The main thread is never terminated.
  if (isMainThread) return call()
  while (!tryEnter()) await whileEnding()
  ownCalls++
  try {
    return await call()
  } finally {
    ownCalls--
    add(-1)
  }
}

/**
 * Makes a call that blocks its thread, such as a write transaction of LMDB. While a thread is being terminated it waits,
 * unless an asynchronous call of its own thread is running: its end needs the thread.
 */
export function blockingNativeCall<T>(call: () => T): T {
  if (isMainThread) return call()
  if (ownCalls > 0) add(1)
  else while (!tryEnter()) blockWhileEnding()
  ownCalls++
  try {
    return call()
  } finally {
    ownCalls--
    add(-1)
  }
}

/** Registers a call, unless a thread is being terminated; returns whether it did. */
function tryEnter(): boolean {
  for (let seen; (seen = Atomics.load(shared, 0)) < ENDING;)
    if (Atomics.compareExchange(shared, 0, seen, seen + 1) === seen) return true
  return false
}

/**
 * Waits asynchronously, so that this thread's running calls, and the terminations it has started itself, can finish.
 */
async function whileEnding(): Promise<void> {
  // `Atomics.waitAsync` alone would not keep the thread alive.
  const alive = setInterval(() => {}, WAIT_MS_MAX)
  for (let seen; (seen = Atomics.load(shared, 0)) >= ENDING;) await Atomics.waitAsync(shared, 0, seen).value
  clearInterval(alive)
}

function blockWhileEnding(): void {
  for (let seen; (seen = Atomics.load(shared, 0)) >= ENDING;) Atomics.wait(shared, 0, seen)
}

function add(count: number): void {
  Atomics.add(shared, 0, count)
  Atomics.notify(shared, 0)
}

/** Terminates a thread as soon as no call is running. */
export async function terminateThread(worker: Worker): Promise<void> {
  add(ENDING)
  try {
    const until = performance.now() + WAIT_MS_MAX
    for (let seen; (seen = Atomics.load(shared, 0)) % ENDING > 0 && performance.now() < until;)
      await Atomics.waitAsync(shared, 0, seen, until - performance.now()).value
    await worker.terminate()
  } finally {
    add(-ENDING)
  }
}

function waitAtExit(number: Int32Array): void {
  Atomics.add(number, 0, ENDING)
  const until = performance.now() + WAIT_MS_MAX
  for (let seen; (seen = Atomics.load(number, 0)) % ENDING > 0 && performance.now() < until;)
    Atomics.wait(number, 0, seen, until - performance.now())
}
