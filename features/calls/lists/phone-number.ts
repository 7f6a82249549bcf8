import { isSupportedCountry, parsePhoneNumberWithError, ParseError, type CountryCode } from 'libphonenumber-js/max'

/** Two-letter country code of ISO 3166, such as CN. */
export type Region = CountryCode

export function isRegion(code: string): code is Region {
  return isSupportedCountry(code)
}

export type ParsedPhone = { readonly phone: string } | { readonly problem: string }

/**
 * Normalises a telephone number to E.164. `region`: country of numbers without a country code; if `undefined`, such a
 * number is a problem. So are numbers that can't be dialled, and extensions, which E.164 can't express.
 */
export function parsePhone(text: string, region: Region | undefined): ParsedPhone {
  try {
    const number = parsePhoneNumberWithError(text, region)
    if (number.ext !== undefined) return { problem: 'has an extension: leave it out, or give a number of its own' }
    if (!number.isValid()) return { problem: `is no telephone number${region === undefined ? '' : ` of ${region}`}` }
    return { phone: number.number }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const hint = error.message === 'INVALID_COUNTRY' ? ': it needs the code of its country, or a region' : ''
    return { problem: `is no telephone number${hint}` }
  }
}
