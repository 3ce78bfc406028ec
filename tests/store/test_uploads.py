"""What a store keeps of uploads and of subscriptions; each test runs against all stores."""

from rookery.store.base import Batch, SubscriptionRow, UploadRow

PICTURE = UploadRow("p1", "ann", "rook ä.png", "image/png", 700, 10)
FILM = UploadRow("f2", "ann", "film.mp4", "video/mp4", 5000, 30)
NOTES = UploadRow("n3", "bob", "notes.txt", "text/plain; charset=utf-8", 20, 20)
PHONE = SubscriptionRow("https://push.example/1", "ann", "key", "secret", "server-time", 5)
DESK = SubscriptionRow("https://push.example/2", "bob", "key2", "secret2", "", 6)


def _keep(store, *rows):
    store.commit(Batch(uploads={row.id: row for row in rows}))


def _subscribe(store, *rows):
    store.commit(Batch(subscriptions={row.endpoint: row for row in rows}))


def test_an_upload_is_found_by_its_id(store):
    """Who asks for another id finds nothing."""
    _keep(store, PICTURE)
    assert (store.upload("p1"), store.upload("p")) == (PICTURE, None)


def test_a_start_counts_the_uploads_of_each_account(store):
    """Numbers and bytes of all that is kept."""
    _keep(store, PICTURE, FILM, NOTES)
    assert store.load().uploads == {"ann": (2, 5700), "bob": (1, 20)}


def test_the_oldest_uploads_come_first(store):
    """Those from before a time, and no more than asked for."""
    _keep(store, PICTURE, FILM, NOTES)
    assert store.uploads_before(30, 9) == [PICTURE, NOTES]
    assert store.uploads_before(99, 1) == [PICTURE]
    assert store.uploads_before(10, 9) == []


def test_the_uploads_of_an_account(store):
    """By their ids, behind one of them, and no more than asked for."""
    _keep(store, PICTURE, FILM, NOTES)
    assert store.uploads_of("ann", "", 9) == [FILM, PICTURE]
    assert store.uploads_of("ann", "", 1) == [FILM]
    assert store.uploads_of("ann", "f2", 9) == [PICTURE]
    assert store.uploads_of("cid", "", 9) == []


def test_a_removed_upload_is_gone(store):
    """Also where nothing of that id was ever kept."""
    _keep(store, PICTURE)
    store.commit(Batch(uploads={"p1": None, "x": None}))
    assert (store.upload("p1"), store.load().uploads) == (None, {})


def test_uploads_of_a_removed_account_stay_without_an_owner(store):
    """What was shown to others stays; also what the same batch keeps."""
    _keep(store, PICTURE, NOTES)
    batch = Batch(uploads={"f2": FILM})
    batch.remove_account("ann", 1)
    store.commit(batch)
    assert store.load().uploads == {"": (2, 5700), "bob": (1, 20)}
    assert store.upload("p1") == PICTURE._replace(account="")


def test_a_start_reads_all_subscriptions(store):
    """Those that were removed are not among them."""
    _subscribe(store, PHONE, DESK)
    store.commit(Batch(subscriptions={DESK.endpoint: None}))
    assert store.load().subscriptions == [PHONE]


def test_the_oldest_subscriptions_come_first(store):
    """The one that is forgotten for a newer one is the same after a restart."""
    first = PHONE._replace(endpoint="https://push.example/3", at_ms=1)
    _subscribe(store, DESK, PHONE, first)
    assert store.load().subscriptions == [first, PHONE, DESK]


def test_an_endpoint_belongs_to_who_registered_it_last(store):
    """A second registration replaces the first, whose ever that was."""
    _subscribe(store, PHONE)
    newer = PHONE._replace(account="bob", public_key="other")
    _subscribe(store, newer)
    assert store.load().subscriptions == [newer]


def test_subscriptions_go_with_their_account(store):
    """Whoever has the name next is not told on the earlier owner's devices."""
    _subscribe(store, PHONE, DESK)
    batch = Batch(
        subscriptions={"https://push.example/3": PHONE._replace(endpoint="https://push.example/3")}
    )
    batch.remove_account("ann", 1)
    store.commit(batch)
    assert store.load().subscriptions == [DESK]
