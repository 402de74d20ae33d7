/** The event names that the private-domain rules understand: Segment's e-commerce names, and the field's own for the rest. */
export const ORDER = 'Order Completed';
export const VIEW = 'Product Viewed';
/** Following a tracked link to a product is looking at it, too. */
export const LOOKS = [VIEW, 'Link Clicked'];
export const CONSULT = 'Consultation Started';
const JOIN = 'Contact Added';
/** Where a channel may be told first: added as a contact, a page that a campaign's link opened, a row of an import. */
export const TOUCHES = [JOIN, '$page', '$identify'];
export const JOIN_GROUP = 'Group Joined';
export const LEAVE_GROUP = 'Group Left';
export const LIKED = 'Content Liked';
export const COMMENTED = 'Content Commented';
export const SHARED = 'Content Shared';
export const WROTE = 'Message Received';
export const INTERACTIONS = [LIKED, COMMENTED, SHARED, WROTE];

/**
 * What the shop does, or what is only told about her, is not her activity: a refund booked by the shop does not wake a
 * sleeping customer. Turning away from the shop is not either. Everything else is. The first two stand for all of them
 * in sentences.
 */
export const NOT_HER_DOING = [
  'Order Refunded',
  'Message Sent',
  'Order Cancelled',
  'Order Updated',
  'Order Shipped',
  'Order Delivered',
  'Coupon Issued',
  'Coupon Expired',
  'Points Granted',
  'Points Expired',
  'Message Delivered',
  'Email Sent',
  'Email Delivered',
  'Email Bounced',
  'SMS Sent',
  'SMS Delivered',
  'Staff Note Added',
  'Contact Deleted',
  LEAVE_GROUP,
  'Unsubscribed',
  'Email Delayed',
  'Email Rejected',
  'Email Rendering Failed',
  'Email Marked as Spam',
  'Contact Edited',
  'Contact Removed',
  'Contact Transfer Failed',
  'WeCom Tag Added',
  'WeCom Tag Removed',
  'Trial Ending',
  '$identify',
  '$group',
  '$alias',
];

export const ACTIVITY = { event: '*', except: NOT_HER_DOING };
