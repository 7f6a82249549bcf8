import { pageAddress } from '../../route.ts'

export const CASES = 'cases'

export function caseAddress(visitId: string): string {
  return pageAddress(CASES, visitId)
}
