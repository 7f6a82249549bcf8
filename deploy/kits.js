/**
 * Location of the kits that are fetched once, such as Kafka's jars: in a clone beside the sources, for an installed
 * package in the user's cache, since the package may belong to another user.
 */
import { homedir } from 'node:os'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Whether this is an installed package rather than a clone. */
export const isInstalled = root.includes(`${sep}node_modules${sep}`)

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'scoreline')

/** @param {string} name a folder of deploy/ @returns {string} */
export const kitFolder = (name) => (isInstalled ? join(cache, name) : join(root, 'deploy', name, 'lib'))
