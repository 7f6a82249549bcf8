import type { DefineCommand } from '../define-command.ts'

export const defineRetrainer: DefineCommand = (command, context) => {
  command.action(async () => (await import('./run-retrainer.ts')).runRetrainer(context()))
}
