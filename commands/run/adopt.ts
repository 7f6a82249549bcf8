import type { DefineCommand } from '../define-command.ts'

export const defineAdopt: DefineCommand = (command, context) => {
  command.action(async () => (await import('./run-adopt.ts')).runAdopt(context()))
}
