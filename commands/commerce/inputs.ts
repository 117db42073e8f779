import { z } from 'zod'
import { CompanyParty, Contact, DeliveryPlace, PersonParty } from '../../domain/shared/party.ts'
import { clearText } from '../clear-text.ts'

/** Parties and places as they arrive: personal fields in clear. */

export const ContactInput = clearText(Contact)
export const PartyInput = z.discriminatedUnion('kind', [CompanyParty, clearText(PersonParty)])

const [CompanyPlace, PersonPlace] = DeliveryPlace.options
export const DeliveryPlaceInput = z.discriminatedUnion('kind', [CompanyPlace, clearText(PersonPlace)])
