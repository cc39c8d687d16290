"""Sound and picture: the only place that speaks to the media server (LiveKit).

The session's rights are the wish; the media server is made equal to it, again and again, until it is. Nothing here is
stored, and nobody records: no token carries more than joining one room with the rights of this moment.
"""
