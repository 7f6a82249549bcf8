import type { DefineCommand } from '../define-command.ts'

export const defineSimulator: DefineCommand = (command, context) => {
  command.action(async () => (await import('./run-simulator.ts')).runSimulator(context()))
}
