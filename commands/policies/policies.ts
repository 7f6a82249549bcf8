import type { DefineCommand } from '../define-command.ts'
import { defineActivate } from './activate.ts'
import { defineBacktest } from './backtest.ts'
import { defineList } from './list.ts'
import { defineRollback } from './rollback.ts'
import { defineShadow } from './shadow.ts'
import { defineShow } from './show.ts'

/** Defines `scoreline policies`: the same as the API's `/policies`, with the same audit trail. */
export const definePolicies: DefineCommand = (command, context) => {
  for (const define of [defineList, defineShow, defineBacktest, defineShadow, defineActivate, defineRollback])
    define(command, context)
}
