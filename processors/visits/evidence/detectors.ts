import { burstBeforePeriodEnd } from './burst-before-period-end.ts'
import { copiedText } from './copied-text.ts'
import type { Detector } from './detector.ts'
import { digitsAgainstPeers } from './digits-against-peers.ts'
import { dwellTooShort } from './dwell-too-short.ts'
import { enteredInBatch } from './entered-in-batch.ts'
import { enteredLate } from './entered-late.ts'
import { enthusiasmWithoutMovement } from './enthusiasm-without-movement.ts'
import { farFromPlaces } from './far-from-places.ts'
import { impossibleTravel } from './impossible-travel.ts'
import { mockedPlace } from './mocked-place.ts'
import { noJitter } from './no-jitter.ts'
import { onePlaceManyCustomers } from './one-place-many-customers.ts'
import { oftenFarFromPlaces } from './often-far-from-places.ts'
import { oneDeviceTwoNames } from './one-device-two-names.ts'
import { outsideWindow } from './outside-window.ts'
import { overlappingCheckIns } from './overlapping-check-ins.ts'
import { reportAgainAndAgain } from './report-again-and-again.ts'
import { reportSaysLittle } from './report-says-little.ts'
import { reusedPhoto } from './reused-photo.ts'
import { stockPhrases } from './stock-phrases.ts'

/** Every kind of evidence; only the detectors listed here are run. */
export const detectors: readonly Detector[] = [
  copiedText,
  impossibleTravel,
  overlappingCheckIns,
  oneDeviceTwoNames,
  mockedPlace,
  noJitter,
  farFromPlaces,
  oftenFarFromPlaces,
  onePlaceManyCustomers,
  enteredInBatch,
  reusedPhoto,
  dwellTooShort,
  enteredLate,
  outsideWindow,
  burstBeforePeriodEnd,
  reportSaysLittle,
  reportAgainAndAgain,
  stockPhrases,
  enthusiasmWithoutMovement,
  digitsAgainstPeers,
]

/** Adds the kinds of evidence of an extension. Called before any processor runs. */
export function addDetectors(added: readonly Detector[]): void {
  ;(detectors as Detector[]).push(...added)
}
