import type { DefineCommand } from '../define-command.ts'

export const defineApi: DefineCommand = (command, context) => {
  command.action(async () => (await import('./run-api.ts')).runApi(context()))
}
