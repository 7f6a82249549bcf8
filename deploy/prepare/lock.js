/** Allows one preparation at a time: two concurrent fresh starts would overwrite each other's packages. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isInstalled, kitFolder } from '../kits.js'
import { changedAt, readIfThere, root } from './run.js'

const path = join(isInstalled ? dirname(kitFolder('broker')) : join(root, '.scoreline'), 'prepare.lock')

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

const tryToTake = () => {
  mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Moves a dead holder's lock away; puts it back if another process has taken the lock meanwhile. */
const breakLock = (seen) => {
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
    if (readIfThere(aside) === seen) rmSync(aside)
    else renameSync(aside, path)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

/** Whether the holder is dead. One killed between creating the file and writing its id leaves it empty. */
const isAbandoned = (holder) => (holder === '' ? Date.now() - changedAt(path) > 5_000 : !isAlive(Number(holder)))

/** Runs the work while holding this folder's lock; waits for another holder. */
export const withLock = async (work) => {
  let told = false
  while (!tryToTake()) {
    const holder = readIfThere(path)
    if (holder === undefined) continue
    if (isAbandoned(holder)) breakLock(holder)
    else {
      if (!told) process.stderr.write(`scoreline: waiting for process ${holder}, which prepares this folder …\n`)
      told = true
      await sleep(200)
    }
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}
