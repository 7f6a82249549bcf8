import { constants, setPriority } from 'node:os'

/**
 * Gives the CPU to every other thread first. On Linux, this applies to the calling thread and the threads that it
 * starts afterwards; elsewhere a priority belongs to the whole process, so nothing is changed.
 */
export function takeLowestPriority(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW)
}
