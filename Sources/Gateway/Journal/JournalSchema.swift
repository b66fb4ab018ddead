import ContextTransfer
import GRDB

/// The tables of the journal. A person may read them with `sqlite3`; only the daemon writes.
enum JournalSchema {
    /// Notes of takers that cancelled a move before they had promised to take its SAs.
    static let unpromised = "role = \(MoveRole.taker.rawValue) AND record = 'cancelled' AND identifiers = ''"

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE note (
                        number INTEGER PRIMARY KEY AUTOINCREMENT,
                        id TEXT NOT NULL, role INTEGER NOT NULL,
                        address TEXT NOT NULL, realm TEXT NOT NULL,
                        holder TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, taker TEXT NOT NULL,
                        requested_by TEXT NOT NULL,
                        identifiers TEXT NOT NULL,  -- one a line: protocol SPI address realm
                        record TEXT NOT NULL, reason BLOB,
                        UNIQUE (id, role)
                    );
                    CREATE TABLE move (
                        number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, report BLOB NOT NULL
                    );
                    CREATE TABLE event (
                        number INTEGER PRIMARY KEY AUTOINCREMENT,
                        clock INTEGER NOT NULL,     -- milliseconds since 1970
                        kind TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, move TEXT, text TEXT NOT NULL,
                        content BLOB NOT NULL
                    );
                    CREATE INDEX event_of_move ON event (move);
                    """)
        }
        migrator.registerMigration("groups of moves") { database in
            try database.execute(sql: "ALTER TABLE note ADD COLUMN move_group TEXT")
        }
        migrator.registerMigration("updates of mobile nodes") { database in
            try database.execute(
                sql: """
                    ALTER TABLE note ADD COLUMN mobile TEXT NOT NULL DEFAULT '';
                    -- one a line: order, new SPI, new address, identifier
                    ALTER TABLE note ADD COLUMN updates TEXT NOT NULL DEFAULT '';
                    """)
        }
        migrator.registerMigration("numbers of authorization tokens") { database in
            try database.execute(
                sql: """
                    CREATE TABLE token_number (
                        address TEXT NOT NULL,
                        secret TEXT NOT NULL,       -- what tells secrets apart; nothing of the secret
                        number INTEGER NOT NULL,
                        PRIMARY KEY (address, secret, number)
                    ) WITHOUT ROWID
                    """)
        }
        migrator.registerMigration("the drain under way") { database in
            try database.execute(
                sql: """
                    CREATE TABLE drain (
                        id TEXT NOT NULL, requested_by TEXT NOT NULL,
                        start INTEGER NOT NULL,     -- milliseconds since 1970
                        content BLOB NOT NULL
                    )
                    """)
        }
        migrator.registerMigration("the paths of a drain") { database in
            // One a line: plane, previous path, next path.
            try database.execute(sql: "ALTER TABLE drain ADD COLUMN paths TEXT NOT NULL DEFAULT ''")
        }
        migrator.registerMigration("realms of authorization tokens") { database in
            try database.execute(
                sql: """
                    CREATE TABLE used_number (
                        address TEXT NOT NULL, realm TEXT NOT NULL,
                        secret TEXT NOT NULL,       -- what tells secrets apart; nothing of the secret
                        number INTEGER NOT NULL,
                        PRIMARY KEY (address, realm, secret, number)
                    ) WITHOUT ROWID;
                    INSERT INTO used_number SELECT address, '', secret, number FROM token_number;
                    DROP TABLE token_number;
                    """)
        }
        migrator.registerMigration("moves cancelled before a promise") { database in
            try database.execute(
                sql: """
                    CREATE INDEX unpromised_note ON note (number)
                    WHERE role = 4 AND record = 'cancelled' AND identifiers = ''
                    """)
        }
        migrator.registerMigration("the life of the stack") { database in
            try database.execute(sql: "CREATE TABLE stack (life TEXT NOT NULL)")
        }
        migrator.registerMigration("SAs that end by use") { database in
            try database.execute(sql: "ALTER TABLE note ADD COLUMN ends_by_use INTEGER NOT NULL DEFAULT 0")
        }
        return migrator
    }
}
