import type { Fault } from '../fault.ts'
import { killProcesses } from './kill-processes.ts'

/** Every fault of the campaign. */
export const faults: readonly Fault[] = [killProcesses]
