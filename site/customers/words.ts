/** The words of each part of the page, in one language. */
import type actions from "../messages/en/actions.gen.mjs";
import type campaign from "../messages/en/campaign.gen.mjs";
import type customers from "../messages/en/customers.gen.mjs";
import type people from "../messages/en/people.gen.mjs";
import type pictures from "../messages/en/pictures.gen.mjs";
import type segments from "../messages/en/segments.gen.mjs";
import type since from "../messages/en/since.gen.mjs";
import type sources from "../messages/en/sources.gen.mjs";
import type subscriptions from "../messages/en/subscriptions.gen.mjs";
import type warnings from "../messages/en/warnings.gen.mjs";

export type ActionWords = typeof actions;
export type CampaignWords = typeof campaign;
export type CustomerWords = typeof customers;
export type PeopleWords = typeof people;
export type PictureWords = typeof pictures;
export type SegmentWords = typeof segments;
export type SinceWords = typeof since;
export type SourceWords = typeof sources;
export type SubscriptionWords = typeof subscriptions;
export type WarningWords = typeof warnings;
