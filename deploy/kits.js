/**
 * Where the kits lie that are fetched once, such as Kafka's jars. In a clone beside the sources; an installed package may
 * belong to another user, so there they are in the user's cache.
 */
import { homedir } from 'node:os'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Whether this is an installed package, and no clone. */
export const isInstalled = root.includes(`${sep}node_modules${sep}`)

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'scoreline')

/** @param {string} name a folder of deploy/ @returns {string} */
export const kitFolder = (name) => (isInstalled ? join(cache, name) : join(root, 'deploy', name, 'lib'))
